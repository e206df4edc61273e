using Nin.Files;

namespace Nin.Benchmarks;

/// <summary>One invocation of <c>./bench</c>: measure, show, keep.</summary>
internal static class Benchmark
{
    /// <summary>Measures every network and prints the results; a full run also writes them to <c>benchmarks/results</c> of the current folder.</summary>
    public static int Run(Request request)
    {
        Race[] races = [.. request.Cases.Select(benchmark => Race.Run(benchmark, request.Rounds, Console.Error.WriteLine))];
        var machine = Machine.Find();
        var text = ResultText.Of(races, machine, request.Rounds);
        Console.Write(text);
        if (!request.IsFull)
        {
            Console.Error.WriteLine("not kept: only ./bench without arguments writes to benchmarks/results");
            return 0;
        }
        var path = Path.Combine("benchmarks", "results", $"{machine.Slug}.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, text);
        Console.Error.WriteLine($"written to {path}");
        return 0;
    }
}
