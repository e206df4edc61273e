using System.CommandLine;
using System.CommandLine.Parsing;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;

namespace Nin.Cli.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. All(Root()).Select(CommandPath.Of)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_leads_with_two_to_five_examples(string path)
    {
        var (exitCode, terminal) = CapturedTerminal.Run([.. path.Split(' ').Skip(1), "--help"]);
        Assert.Equal(0, exitCode);
        Assert.Empty(terminal.Error);
        var lines = terminal.Out.Split('\n');
        Assert.Equal("Examples:", lines[2]);
        Assert.InRange(lines.Skip(3).TakeWhile(line => line.StartsWith("  nin", StringComparison.Ordinal)).Count(), 2, 5);
    }

    [Fact]
    public void Every_example_parses()
    {
        foreach (var example in All(Root()).OfType<NinCommand>().SelectMany(command => command.Examples))
        {
            var parse = Root().Parse([.. CommandLineParser.SplitCommandLine(example.Line).Skip(1)]);
            Mistakes.Check(parse);
            Assert.Empty(parse.Errors);
        }
    }

    [Fact]
    public void A_switch_takes_no_value() =>
        Assert.All(All(Root()).SelectMany(command => command.Options).OfType<Option<bool>>(), option => Assert.Equal(ArgumentArity.Zero, option.Arity));

    [Fact]
    public void Help_of_train_lists_every_flag() => Snapshot.Check(CapturedTerminal.Run("train", "--help").Terminal.Out);

    [Fact]
    public void Nin_alone_shows_its_help() => Assert.Equal(CapturedTerminal.Run("--help").Terminal.Out, CapturedTerminal.Run().Terminal.Out);

    [Fact]
    public void Test_is_eval() => Assert.Equal(CapturedTerminal.Run("eval", "--help").Terminal.Out, CapturedTerminal.Run("test", "--help").Terminal.Out);

    [Fact]
    public void The_version_tells_what_computes() =>
        Assert.Matches(@"^nin \d+\.\d+\.\d+\n  libtorch +\d+\.\d+\.\d+.* \(TorchSharp \d+\.\d+\.\d+\)\n  ONNX Runtime +\d+\.\d+\.\d+\n  \.NET +10\.\d+\.\d+\n$", CapturedTerminal.Run("--version").Terminal.Out);

    private static RootCommand Root() => NinCommandLine.Root(new Output(new CapturedTerminal().Terminal));

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);
}
