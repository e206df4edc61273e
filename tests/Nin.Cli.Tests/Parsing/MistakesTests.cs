namespace Nin.Cli.Tests.Parsing;

public sealed class MistakesTests
{
    [Theory]
    [InlineData("trian", "error: there is no command 'nin trian'", "  fix: did you mean 'nin train'?")]
    [InlineData("data lst", "error: there is no command 'nin data lst'", "  fix: did you mean 'nin data list'?")]
    [InlineData("train --epoch 5", "error: there is no flag '--epoch'", "  fix: did you mean '--epochs'?")]
    [InlineData("train --epoch=5", "error: there is no flag '--epoch'", "  fix: did you mean '--epochs'?")]
    [InlineData("train photos --jsn", "error: there is no flag '--jsn'", "  fix: did you mean '--json'?")]
    [InlineData("train --name --epoch 5", "error: there is no flag '--epoch'", "  fix: did you mean '--epochs'?")]
    [InlineData("train --something-else", "error: there is no flag '--something-else'", "  fix: see nin train --help")]
    [InlineData("train --epochs", "error: --epochs lacks its value", "  fix: nin train --epochs <n>")]
    [InlineData("train --epochs ten", "error: --epochs cannot be 'ten'", "  fix: for example --epochs 10")]
    [InlineData("train --optimizer sdg", "error: --optimizer cannot be 'sdg'", "  fix: did you mean --optimizer sgd?")]
    [InlineData("train --epochs 5 --epochs 6", "error: --epochs was given 2 values", "  fix: keep one --epochs")]
    [InlineData("train --set nesterov", "error: --set cannot be 'nesterov'", "  fix: for example --set optimizer.nesterov=true")]
    [InlineData("train one two", "error: 'two' is one word too many", "  fix: see nin train --help")]
    [InlineData("data info", "error: nin data info lacks its data", "  fix: nin data info <data>")]
    [InlineData("predict model.onnx ", "error: a word is empty", "  fix: set the variable, or leave the word out")]
    [InlineData("export mine --out ", "error: a word is empty", "  fix: set the variable, or leave the word out")]
    [InlineData("summary nin-d2", "error: there is no network 'nin-d2'", "  fix: did you mean 'nin-d2l'?")]
    [InlineData("summary nin-d2l --image-size 0", "error: --image-size cannot be 0", "  fix: for example --image-size 32")]
    public void A_mistake_takes_three_lines_and_exit_code_2(string line, string what, string fix)
    {
        var (exitCode, terminal) = CapturedTerminal.Run(line.Split(' '));
        Assert.Equal(2, exitCode);
        Assert.Equal(3, terminal.ErrorLines.Length);
        Assert.Equal(what, terminal.ErrorLines[0]);
        Assert.StartsWith("  why: ", terminal.ErrorLines[1], StringComparison.Ordinal);
        Assert.Equal(fix, terminal.ErrorLines[2]);
        Assert.Empty(terminal.Out);
    }

    [Fact]
    public void With_json_a_mistake_is_an_object_on_standard_output()
    {
        var (_, terminal) = CapturedTerminal.Run("train", "--json", "--epoch", "5");
        Assert.Equal("""{"type":"error","what":"there is no flag '--epoch'","why":"nin train does not have it","fix":"did you mean '--epochs'?","exit_code":2}""" + "\n", terminal.Out);
    }
}
