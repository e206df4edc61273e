namespace Nin.Reports.Tests;

public sealed class CsvTests
{
    [Fact]
    public void Numbers_are_invariant_text_is_quoted_where_it_must_be_and_nothing_stays_empty() =>
        Assert.Equal("run,error,epochs\n\"a, \"\"b\"\"\",0.104123,12\n,,3\n", Csv.Write(["run", "error", "epochs"], [["a, \"b\"", 0.1041234, 12], ["", null, 3L]]));
}
