namespace Nin.Server;

/// <summary>A model to serve.</summary>
/// <param name="Name">Under which clients ask for it.</param>
/// <param name="Path">An ONNX file that nin wrote.</param>
public sealed record ModelFile(string Name, string Path);
