using Nin.Explanations;

namespace Nin.Tests.Explanations;

public sealed class LabelMapTests
{
    [Fact]
    public void Windows_that_agree_make_a_box()
    {
        // Class 1 holds the right half of 2 x 6 cells; windows are 2 x 2.
        float[] left = [9, 9, 9, 0, 0, 0, 9, 9, 9, 0, 0, 0], right = [0, 0, 0, 9, 9, 9, 0, 0, 0, 9, 9, 9];
        var map = LabelMap.Of(new((float[])[.. left, .. right], 2, 2, 6), 2, 2);
        Assert.Equal((1, 5), (map.Height, map.Width));
        var boxes = map.Boxes(0.9f);
        Assert.Equal([(0, 0, 3), (1, 3, 3)], boxes.OrderBy(box => box.Label).Select(box => (box.Label, box.Column, box.Width)));
        Assert.All(boxes, box => Assert.Equal((2, 0, 2), (box.Windows, box.Row, box.Height)));
    }

    [Fact]
    public void One_window_is_the_picture_itself()
    {
        var map = LabelMap.Of(new(new float[] { 1, 2, 3, 4, 0, 0, 0, 0 }, 2, 2, 2), 2, 2);
        Assert.Equal((0, 1 / (1 + Math.Exp(-2.5))), (map.Labels.Span[0], map.Probabilities.Span[0]), (one, two) => one.Item1 == two.Item1 && Math.Abs(one.Item2 - two.Item2) < 1e-6);
    }

    [Fact]
    public void Maps_smaller_than_a_window_are_refused() =>
        Assert.Throws<ArgumentException>(() => LabelMap.Of(new(new float[4], 1, 2, 2), 3, 2));
}
