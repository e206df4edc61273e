namespace Nin.Tests.Errors;

public sealed class SuggestionTests
{
    private static readonly string[] Known = ["logits", "probabilities", "class_maps"];

    [Theory]
    [InlineData("logit", "logits")]
    [InlineData("Probabilites", "probabilities")]
    [InlineData("calss_maps", "class_maps")]
    [InlineData("labels", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_one_that_was_likely_meant(string typed, string? expected) => Assert.Equal(expected, Suggestion.Nearest(typed, Known));

    [Fact]
    public void A_word_that_nobody_mistyped_costs_nothing()
    {
        var typed = new string('a', 10_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(Suggestion.Nearest(typed, Known));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 16);
    }
}
