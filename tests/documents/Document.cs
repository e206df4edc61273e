using System.Text.RegularExpressions;

namespace Nin.Documents;

/// <summary>A Markdown file of the repository, with what tests hold it to: links, blocks of code, commands.</summary>
internal sealed partial record Document(string Path, string Text)
{
    private static readonly string _home = global::Nin.Files.NinHome.Find()!;

    private static readonly string[] _folders = ["docs", "configs", "models", "benchmarks", "data", "deploy"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Document> All { get; } =
    [
        .. Directory.EnumerateFiles(_home, "*.md")
            .Concat(_folders.SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(_home, folder), "*.md", SearchOption.AllDirectories)))
            .Order(StringComparer.Ordinal)
            .Select(path => new Document(System.IO.Path.GetRelativePath(_home, path), File.ReadAllText(path).ReplaceLineEndings("\n"))),
    ];

    /// <summary>What its links and pictures point at, but for addresses on the web.</summary>
    public IEnumerable<string> Links =>
        Link().Matches(Prose).Select(match => match.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    /// <summary>Files of the repository that are named without a link, in the text and in commands: <c>src/Nin/Onnx/GraphWriter.cs</c>.</summary>
    public IEnumerable<string> FileNames =>
        InlineCode().Matches(Prose).Select(match => match.Groups["code"].Value).Concat(Blocks("sh").SelectMany(block => block.Split('\n')))
            .SelectMany(code => Comment().Replace(code, "").Split(' ')).Select(word => word.TrimEnd(',')).Where(word => FileName().IsMatch(word));

    /// <summary>The headings as links name them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(match => NotInAnchors().Replace(match.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The blocks of code in a language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Block().Matches(Text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value);

    /// <summary>Every invocation of nin in blocks for the shell, without the program's name.</summary>
    public IEnumerable<string> Commands => Invocations(Blocks("sh").SelectMany(block => block.Split('\n')));

    /// <summary>Every invocation of nin in the running text, which may leave out what is not spoken of.</summary>
    public IEnumerable<string> Mentions => Invocations(InlineCode().Matches(Prose).Select(match => match.Groups["code"].Value));

    /// <summary>Where it lies.</summary>
    public string FullPath => System.IO.Path.Combine(_home, Path);

    /// <summary>The file that a link without its anchor leads to.</summary>
    public string Resolve(string target) => target.Length == 0 ? FullPath : System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(FullPath)!, target));

    /// <inheritdoc />
    public override string ToString() => Path;

    private static IEnumerable<string> Invocations(IEnumerable<string> lines) =>
        lines.SelectMany(line => Comment().Replace(line, "").Split(["&&", "|", ";", " > "], StringSplitOptions.TrimEntries))
            .Select(line => Invocation().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups["arguments"].Value.TrimEnd('&', ' '))
            .Distinct();

    private string Prose => Block().Replace(Text, "");

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|src=""(?<target>[^""]+)""|href=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^(src|tests|docs|configs|samples|benchmarks)/[\w./-]+$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(@"(^| )#( .*|$)")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^([A-Z_]+=\S+ )*((mpirun|srun) (\S+ )*?)?(\S*/)?nin (?<arguments>\S.*)$")]
    private static partial Regex Invocation();
}
