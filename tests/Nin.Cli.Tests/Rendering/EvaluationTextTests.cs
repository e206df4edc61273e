using Nin.Cli.Rendering;
using Nin.Evaluation;

namespace Nin.Cli.Tests.Rendering;

public sealed class EvaluationTextTests
{
    [Fact]
    public void Mirror_images_get_a_line_of_their_own_where_they_were_judged()
    {
        var plain = new EvaluationResult { Images = 1, Loss = 0, Top1 = 0.91, Top5 = 1, CalibrationError = 0, Top1Low = 0.9, Top1High = 0.92, PerClass = [], Confusion = [] };
        Assert.DoesNotContain(EvaluationText.Lines(plain, "photos test"), line => line.Contains("flips", StringComparison.Ordinal));
        Assert.Contains("top-1 with flips   92.30 %", EvaluationText.Lines(plain with { Top1Flips = 0.923 }, "photos test"));
    }

    [Fact]
    public void A_result_shows_the_whole_each_class_and_the_worst_mistakes()
    {
        var result = new EvaluationResult
        {
            Images = 2000,
            Loss = 0.3217,
            Top1 = 0.91,
            Top5 = 1,
            CalibrationError = 0.0213,
            Top1Low = 0.8967,
            Top1High = 0.9218,
            PerClass = [new("shirt", 1000, 0.9, 0.92, 0.9099), new("T-shirt", 1000, 0.9202, 0.9, 0.91)],
            Confusion = [[920, 80], [100, 900]],
        };
        Snapshot.Check(string.Join('\n', EvaluationText.Lines(result, "photos test")));
    }
}
