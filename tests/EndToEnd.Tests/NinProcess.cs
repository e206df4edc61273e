using System.Diagnostics;

namespace Nin.EndToEnd;

/// <summary>The nin command as a process of its own, in a folder of its own.</summary>
internal sealed class NinProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;

    private NinProcess(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Nin.Cli.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NIN_DATA");
        start.Environment.Remove("NIN_RUNS");
        start.Environment["NIN_OFFLINE"] = "1";
        start.Environment["NIN_CACHE"] = Path.Combine(folder, "cache");
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a command and does not wait for it.</summary>
    public static NinProcess Start(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>Runs a command to its end.</summary>
    public static (int ExitCode, string Out, string Error) Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process._process.StandardOutput.ReadToEnd();
        return (process.ExitCode(), output, process._error.Result);
    }

    /// <summary>The next line on standard output; null at the end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>Sends a signal by its name.</summary>
    public void Send(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as a power failure would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Whether it comes to its end by itself within a time.</summary>
    public bool EndsWithin(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>What it wrote to standard error, once it has ended.</summary>
    public string Error => _error.Result;

    /// <summary>Waits for the end.</summary>
    public int ExitCode()
    {
        _process.StandardOutput.ReadToEnd();
        if (!_process.WaitForExit(Patience)) throw new TimeoutException("nin did not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
