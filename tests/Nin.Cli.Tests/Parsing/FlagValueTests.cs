using Nin.Cli.Parsing;
using Nin.Recipes;

namespace Nin.Cli.Tests.Parsing;

public sealed class FlagValueTests
{
    [Theory]
    [InlineData("10", "10")]
    [InlineData("10m", "10")]
    [InlineData("90s", "1.5")]
    [InlineData("1.5h", "90")]
    [InlineData("0", null)]
    [InlineData("-5m", null)]
    [InlineData("soon", null)]
    [InlineData("m", null)]
    public void Times_count_minutes(string typed, string? minutes) => Assert.Equal(minutes, FlagValue.Minutes.Read(typed));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("90s", "1.5")]
    [InlineData("-1", null)]
    public void A_time_between_checkpoints_may_be_none(string typed, string? minutes) => Assert.Equal(minutes, TrainingFlag.All.Single(flag => flag.Flag == "--checkpoint-every").Value.Read(typed));

    [Theory]
    [InlineData("0.2", "0.2")]
    [InlineData("20%", "0.2")]
    [InlineData("%", null)]
    [InlineData("nan", null)]
    public void Shares_may_be_percentages(string typed, string? share) => Assert.Equal(share, FlagValue.Share.Read(typed));

    [Theory]
    [InlineData("1e-4", "0.0001")]
    [InlineData("-1", "-1")]
    [InlineData("NaN", null)]
    [InlineData("Infinity", null)]
    [InlineData("0,1", null)]
    public void Numbers_are_finite_and_have_a_point(string typed, string? number) => Assert.Equal(number, FlagValue.Number.Read(typed));

    [Theory]
    [InlineData("one-cycle", "one-cycle")]
    [InlineData("onecycle", "one-cycle")]
    [InlineData("one_cycle", "one-cycle")]
    [InlineData("Cosine", "cosine")]
    [InlineData("sine", null)]
    public void Words_heed_neither_case_nor_hyphens(string typed, string? word) => Assert.Equal(word, FlagValue.OneOf<ScheduleKind>().Read(typed));

    [Fact]
    public void Adamw_is_written_as_people_write_it()
    {
        Assert.Equal("sgd|adam|adamw|muon", FlagValue.OneOf<OptimizerKind>().Name);
        Assert.Equal("adam-w", FlagValue.OneOf<OptimizerKind>().Read("adamw"));
    }
}
