namespace Nin.Cli.Parsing;

/// <summary>A command line to copy.</summary>
/// <param name="Line">For example <c>nin train ./photos</c>.</param>
/// <param name="Meaning">What it does, in a few words.</param>
internal sealed record Example(string Line, string Meaning);
