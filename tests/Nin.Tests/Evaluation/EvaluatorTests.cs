using System.Collections.Immutable;
using Nin.Evaluation;

namespace Nin.Tests.Evaluation;

public sealed class EvaluatorTests
{
    private static readonly ImmutableArray<string> Abc = ["a", "b", "c"];

    /// <summary>Probabilities are (1/2, 1/4, 1/4), (1/4, 1/2, 1/4), (1/4, 1/4, 1/2), (1/2, 1/4, 1/4).</summary>
    private static readonly float[] Logits = [.. new double[] { 2, 1, 1, 1, 2, 1, 1, 1, 2, 2, 1, 1 }.Select(p => (float)Math.Log(p))];

    private static EvaluationResult Result { get; } = Evaluator.Evaluate(Logits, [0, 1, 1, 0], Abc);

    [Fact]
    public void The_loss_is_the_mean_negative_log_probability_of_the_label() =>
        Assert.Equal((3 * Math.Log(2) + Math.Log(4)) / 4, Result.Loss, 1e-6);

    [Fact]
    public void Accuracy_comes_with_its_95_per_cent_interval()
    {
        Assert.Equal(0.75, Result.Top1);
        Assert.Equal(1, Result.Top5);
        Assert.Equal(0.3006, Result.Top1Low, 1e-4);
        Assert.Equal(0.9544, Result.Top1High, 1e-4);
    }

    [Fact]
    public void A_model_that_says_one_half_and_is_right_three_times_in_four_is_off_by_one_quarter() =>
        Assert.Equal(0.25, Result.CalibrationError, 1e-6);

    [Fact]
    public void Rows_of_the_confusion_are_true_classes() =>
        Assert.Equal([[2, 0, 0], [0, 1, 1], [0, 0, 0]], Result.Confusion.Select(row => row.ToArray()));

    [Fact]
    public void Scores_of_each_class_and_zero_where_they_are_undefined() =>
        Assert.Equal([new("a", 2, 1, 1, 1), new("b", 2, 1, 0.5, 2 / 3.0), new("c", 0, 0, 0, 0)], Result.PerClass);

    [Fact]
    public void Equal_logits_predict_the_first_class_as_a_collapsed_network_does()
    {
        var result = Evaluator.Evaluate(new float[30], [0, 1, 2, 0, 1, 2, 0, 1, 2, 0], Abc);
        Assert.Equal(0.4, result.Top1);
        Assert.Equal(Math.Log(3), result.Loss, 1e-12);
    }

    [Fact]
    public void Top_5_counts_five_of_more_classes()
    {
        float[] logits = [6, 5, 4, 3, 2, 1];
        ImmutableArray<string> names = ["0", "1", "2", "3", "4", "5"];
        Assert.Equal(1, Evaluator.Evaluate(logits, [4], names).Top5);
        Assert.Equal(0, Evaluator.Evaluate(logits, [5], names).Top5);
    }

    [Fact]
    public void Huge_logits_do_not_overflow() =>
        Assert.Equal(2e30, Evaluator.Evaluate([1e30f, -1e30f, 0], [1], Abc).Loss, 1e24);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_logit_that_is_no_number_means_that_the_weights_diverged(float logit) =>
        Assert.Contains("image 1", Assert.Throws<TrainingException>(() => Evaluator.Evaluate([0, 0, 0, 0, logit, 0], [0, 0], Abc)).Why);

    [Fact]
    public void Sizes_and_labels_are_checked()
    {
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate([], [], Abc));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(new float[4], [0], Abc));
        Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(new float[3], [3], Abc));
    }
}
