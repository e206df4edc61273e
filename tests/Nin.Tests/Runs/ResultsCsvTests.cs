using CsCheck;
using Nin.Runs;

namespace Nin.Tests.Runs;

public sealed class ResultsCsvTests : IDisposable
{
    private static readonly EpochEnded First = new()
    {
        Epoch = 1,
        Step = 469,
        Seconds = 12.5,
        TrainLoss = 0.75,
        TrainAccuracy = 0.7,
        ValLoss = 0.5,
        ValAccuracy = 0.8,
        LearningRate = 1e-5,
        ImagesPerSecond = 4800,
        PeakMemoryMb = 512.25,
        DeadMaps = 0,
    };

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["results.csv"];

    [Theory]
    [InlineData("")]
    [InlineData("epoch,st")]
    public void A_file_whose_first_line_was_never_finished_has_no_rows(string content)
    {
        File.WriteAllText(_folder["results.csv"], content);
        Assert.Empty(ResultsCsv.Read(_folder["results.csv"]));
    }

    [Fact]
    public void The_file_is_exactly_as_documented()
    {
        ResultsCsv.Append(Path, First);
        ResultsCsv.Append(Path, First with { Epoch = 2, ValLoss = null, ValAccuracy = null, DeadMaps = 10 });
        Assert.Equal(
            """
            epoch,step,seconds,train/loss,train/accuracy,val/loss,val/accuracy,learning_rate,images_per_second,peak_memory_mb,dead_maps
            1,469,12.5,0.75,0.7,0.5,0.8,1E-05,4800,512.25,0
            2,469,12.5,0.75,0.7,,,1E-05,4800,512.25,10

            """, File.ReadAllText(Path));
    }

    [Fact]
    public void Every_number_comes_back_as_it_was() => Gen.Select(Gen.Double, Gen.Double, Gen.Int, Gen.Long).Sample((loss, rate, epoch, step) =>
    {
        var row = First with { Epoch = epoch, Step = step, TrainLoss = loss, LearningRate = rate, ValLoss = null };
        ResultsCsv.Write(Path, [First, row]);
        return ResultsCsv.Read(Path).SequenceEqual([First, row]);
    }, iter: 100, threads: 1);

    [Fact]
    public void A_row_that_was_cut_off_is_not_read_and_is_replaced_by_the_next()
    {
        ResultsCsv.Append(Path, First);
        File.AppendAllText(Path, "2,938,25");
        Assert.Equal([First], ResultsCsv.Read(Path));
        ResultsCsv.Append(Path, First with { Epoch = 2 });
        Assert.Equal([First, First with { Epoch = 2 }], ResultsCsv.Read(Path));
    }

    [Theory]
    [InlineData("a,b\n")]
    [InlineData(ResultsCsv.Header + "\n1,2\n")]
    [InlineData(ResultsCsv.Header + "\n1,2,,4,5,6,7,8,9,10,11\n")]
    public void A_damaged_file_names_the_line(string content)
    {
        File.WriteAllText(Path, content);
        Assert.StartsWith("line ", Assert.Throws<DataException>(() => ResultsCsv.Read(Path)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_an_output_error() => Assert.Throws<OutputException>(() => ResultsCsv.Append(_folder["gone", "results.csv"], First));

    public void Dispose() => _folder.Dispose();
}
