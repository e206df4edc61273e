using Nin.Evaluation;

namespace Nin.Reports.Tests;

public sealed class PerClassCsvTests
{
    [Fact]
    public void A_line_a_class_with_quotes_where_a_name_needs_them()
    {
        var result = Fake.Evaluation(["a", "b"]) with
        {
            PerClass = [new ClassResult("cat, \"tabby\"", 4, 0.75, 1 / 3.0, 0.5), new ClassResult("dog", 0, 0, 0, 0)],
        };
        Assert.Equal("label,images,precision,recall,f1\n\"cat, \"\"tabby\"\"\",4,0.75,0.333333,0.5\ndog,0,0,0,0\n", PerClassCsv.Write(result));
    }
}
