namespace Nin.Tests.Errors;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("runs/train/fashion-mnist-2", "runs/train/fashion-mnist-2")]
    [InlineData("optimizer.nesterov=true", "optimizer.nesterov=true")]
    [InlineData("runs/train/My Photos", "'runs/train/My Photos'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("schedule.milestones=[5,8]", "'schedule.milestones=[5,8]'")]
    [InlineData("$HOME", "'$HOME'")]
    [InlineData("", "''")]
    public void What_a_shell_would_change_is_quoted(string word, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "quotes are double there");
        Assert.Equal(expected, ShellWord.Quoted(word));
    }
}
