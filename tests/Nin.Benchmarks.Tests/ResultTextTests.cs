namespace Nin.Benchmarks.Tests;

public sealed class ResultTextTests
{
    private static readonly Machine Somewhere = new("Processor (AVX-512)", "processor", 2, "Debian", ".NET 10", new DateTime(2026, 1, 2, 3, 4, 0, DateTimeKind.Utc), "abc123");

    [Fact]
    public void Ratios_come_first_and_are_of_medians()
    {
        var page = Page(contestant => new(contestant, "PyTorch 1.13", 2, "", contestant == Contestant.Ours ? [0.2, 0.1, 9] : contestant == Contestant.Convolutions ? [0.16] : [1], 1 << 30));
        var lines = Unpadded(page);
        Assert.Equal("| network | against PyTorch | against PyTorch bf16 | against TorchSharp | against TorchSharp bf16 | step / convolutions |", lines[4]);
        Assert.Equal("| nin-fast, batch 128 | 5.00 x | 5.00 x | 5.00 x | 5.00 x | 1.25 |", lines[6]);
        Assert.Contains("| Nin | 640 (14-1,280) | 200 | 2 | 1,024 MiB |", lines);
        Assert.Contains("Measured 2026-01-02 03:04 UTC at commit abc123 with .NET 10, PyTorch 1.13, Debian.", page);
    }

    [Fact]
    public void A_missing_contestant_is_said_to_be_missing()
    {
        var page = Page(contestant => contestant.IsPython ? new(contestant, null, 0, "No module named 'torch'", [], 0) : new(contestant, "TorchSharp", 2, "", [1], 1 << 20));
        Assert.Contains("| PyTorch | missing | | | |", Unpadded(page));
        Assert.Contains("PyTorch was not measured: No module named 'torch'", page);
        Assert.Contains("| nin-fast, batch 128 | - | - | 1.00 x | 1.00 x | 1.00 |", Unpadded(page));
    }

    [Fact]
    public void A_processor_makes_a_file_name() => Assert.Equal("amd-epyc-9b45", Machine.SlugOf("AMD EPYC 9B45 "));

    private static string[] Unpadded(string page) => [.. page.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    private static string Page(Func<Contestant, Measurement> measure) =>
        ResultText.Of([new Race(BenchmarkCase.Find("nin-fast"), [.. Contestant.All.Select(measure)])], Somewhere, rounds: 3);
}
