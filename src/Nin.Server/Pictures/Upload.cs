namespace Nin.Server.Pictures;

/// <summary>A picture as it came.</summary>
/// <param name="Name">Its file's name, or what else it is called.</param>
/// <param name="Bytes">The file: a part of the body.</param>
internal sealed record Upload(string Name, ReadOnlyMemory<byte> Bytes);
