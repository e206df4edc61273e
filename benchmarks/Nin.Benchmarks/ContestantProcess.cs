using System.Diagnostics;
using System.Globalization;

namespace Nin.Benchmarks;

/// <summary>
/// A contestant's process. It answers the first line, which describes the case, with <c>ready</c>, its threads and its version, or <c>missing</c> and the reason; then each
/// number of steps with the seconds they took and its peak resident memory in bytes. It sleeps while others are measured.
/// </summary>
internal sealed class ContestantProcess : IDisposable
{
    private readonly Process? _process;

    private ContestantProcess(Contestant contestant, Process? process) => (Contestant, _process) = (contestant, process);

    /// <summary>Who is measured.</summary>
    public Contestant Contestant { get; }

    /// <summary>What it runs on; null where that is missing.</summary>
    public string? Version { get; private init; }

    /// <summary>Threads that it computes with.</summary>
    public int Threads { get; private init; }

    /// <summary>Why it cannot be measured.</summary>
    public string Missing { get; private init; } = "";

    /// <summary>The highest resident memory so far, in bytes.</summary>
    public double PeakBytes { get; private set; }

    /// <summary>Starts the process and has it build the network.</summary>
    public static ContestantProcess Start(Contestant contestant, BenchmarkCase benchmark)
    {
        var start = contestant.IsPython
            ? new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "pytorch_steps.py"), contestant.Key])
            : new ProcessStartInfo(Environment.ProcessPath!, [.. OwnProgram, "--worker", contestant.Key]);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        if (contestant.HasPlainAllocator) start.Environment["NIN_PLAIN_ALLOCATOR"] = "1";
        if (contestant.IsPython && !File.Exists(Python)) return new(contestant, process: null) { Missing = $"there is no {Python}; NIN_PYTHON names another" };
        var process = Process.Start(start)!;
        process.StandardInput.WriteLine(contestant.IsPython ? PyTorchCase.Json(benchmark) : benchmark.Network);
        var answer = process.StandardOutput.ReadLine() ?? "missing its process ended";
        return answer.Split(' ', 3) is ["ready", var threads, var version]
            ? new(contestant, process) { Threads = int.Parse(threads), Version = version }
            : new(contestant, process) { Missing = answer.StartsWith("missing ", StringComparison.Ordinal) ? answer["missing ".Length..] : answer };
    }

    /// <summary>Takes steps and gives their seconds.</summary>
    /// <exception cref="EnvironmentException">The process ended.</exception>
    public double Run(int steps)
    {
        if (_process is null) throw new InvalidOperationException($"{Contestant.Name} is missing");
        _process.StandardInput.WriteLine(steps);
        var answer = _process.StandardOutput.ReadLine()
            ?? throw new EnvironmentException($"the process of {Contestant.Name} ended", "what it said stands above", "see that there is enough memory: all contestants of a network are alive at once");
        var numbers = Array.ConvertAll(answer.Split(' '), text => double.Parse(text, CultureInfo.InvariantCulture));
        PeakBytes = numbers[1];
        return numbers[0];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_process is null) return;
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }

    private static string Python => Environment.GetEnvironmentVariable("NIN_PYTHON") ?? "/usr/bin/python3";

    /// <summary>The program's file where it was started through <c>dotnet</c>.</summary>
    private static string[] OwnProgram => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ContestantProcess).Assembly.Location] : [];
}
