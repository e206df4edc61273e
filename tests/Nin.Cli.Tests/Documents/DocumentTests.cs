using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Documents;
using Nin.Recipes;

namespace Nin.Cli.Tests.Documents;

/// <summary>What the documents say is there: links, files, commands and their flags, code.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Paths => [.. Document.All.Select(document => document.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Links_lead_somewhere(string path)
    {
        var document = Of(path);
        Assert.All(document.Links, link =>
        {
            var parts = link.Split('#', 2);
            var target = document.Resolve(parts[0]);
            Assert.True(Path.Exists(target), $"{path} links to {link}, which is not there");
            if (parts is [_, var anchor]) Assert.Contains(anchor, Document.All.Single(each => each.FullPath == target).Anchors);
        });
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Files_that_are_named_are_there(string path) =>
        Assert.All(Of(path).FileNames, name => Assert.True(Path.Exists(Path.Combine(Files.NinHome.Find()!, name)), $"{path} names {name}, which is not there"));

    [Theory]
    [MemberData(nameof(Paths))]
    public void Commands_parse(string path) => Assert.All(Of(path).Commands, Parse);

    [Theory]
    [MemberData(nameof(Paths))]
    public void Commands_in_the_text_parse_but_for_what_they_leave_out(string path) => Assert.All(Of(path).Mentions, line =>
    {
        try
        {
            Parse(line);
        }
        catch (UsageException e) when (e.Message.Contains(" lacks its ", StringComparison.Ordinal))
        {
        }
    });

    [Theory]
    [MemberData(nameof(Paths))]
    public void Options_that_are_set_exist(string path) =>
        Assert.All(Setting().Matches(Of(path).Text), set => OptionsReader.Read(new(), null, [new(set.Groups["key"].Value, set.Groups["value"].Value)]));

    [Fact]
    public void The_documents_are_seen()
    {
        int Count(Func<Document, IEnumerable<string>> found) => Document.All.Sum(document => found(document).Count());
        Assert.InRange(Count(document => document.Links), 50, int.MaxValue);
        Assert.InRange(Count(document => document.FileNames), 10, int.MaxValue);
        Assert.InRange(Count(document => document.Commands), 20, int.MaxValue);
        Assert.InRange(Count(document => document.Mentions), 20, int.MaxValue);
        Assert.InRange(Count(document => document.Blocks("csharp")), 4, int.MaxValue);
        Assert.InRange(Count(document => document.Blocks("json")), 2, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Code_compiles(string path) => Assert.All(Of(path).Blocks("csharp"), code => Assert.Empty(CSharpBlock.Errors(code)));

    [Fact]
    public void Code_of_the_readme_trains_and_classifies()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["samples"]);
        File.Copy(Path.Combine(Files.NinHome.Find()!, "samples", "bag.png"), folder["samples", "bag.png"]);
        var code = Of("README.md").Blocks("csharp").Single();
        var shortened = code.Replace("Epochs = 4", "Epochs = 1, Fraction = 0.02", StringComparison.Ordinal);
        Assert.NotEqual(code, shortened);
        Assert.Contains("of the test images; samples/bag.png: ", CSharpBlock.Run(shortened, folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Networks_and_recipes_are_read(string path) => Assert.All(Of(path).Blocks("json"), JsonBlock.Check);

    /// <summary>Galleries resolve no links into the repository.</summary>
    [Fact]
    public void What_packages_show_stands_alone() => Assert.Empty(Of("docs/package.md").Links);

    [Fact]
    public void Both_languages_of_the_readme_show_the_same()
    {
        var (english, chinese) = (Of("README.md"), Of("README.zh-CN.md"));
        Assert.Equal(english.Links.Select(Neutral), chinese.Links.Select(Neutral));
        Assert.Equal(english.Commands, chinese.Commands);
        Assert.Equal(english.Blocks("csharp"), chinese.Blocks("csharp"));

        // Each links to the other.
        static string Neutral(string link) => link.Replace(".zh-CN", "", StringComparison.Ordinal);
    }

    private static void Parse(string line) => Mistakes.Check(NinCommandLine.Root(new Output(new CapturedTerminal().Terminal)).Parse([.. CommandLineParser.SplitCommandLine(line)]));

    [GeneratedRegex(@"--set (?!a\.b=)(?<key>[a-z_0-9.]+)=(?<value>[^\s`|)<]+)")]
    private static partial Regex Setting();

    private static Document Of(string path) => Document.All.Single(document => document.Path == path);
}
