using System.Diagnostics;
using System.Text;

namespace Nin.EndToEnd;

/// <summary>The nin command as a process of its own, in a folder of its own.</summary>
internal sealed class NinProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task<string> _error;

    private NinProcess(string folder, string[] arguments, string program = "Nin.Cli", string[]? launcher = null)
    {
        string[] command = [.. launcher ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            RedirectStandardError = true,
        };
        start.Environment.Remove("NIN_DATA");
        start.Environment.Remove("NIN_RUNS");
        start.Environment["NIN_OFFLINE"] = "1";
        start.Environment["NIN_CACHE"] = Path.Combine(folder, ".cache"); // hidden: no class of images
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a command and does not wait for it.</summary>
    public static NinProcess Start(string folder, params string[] arguments) => new(folder, arguments);

    /// <summary>Starts a command through another that starts it, such as mpirun.</summary>
    public static NinProcess StartBy(string[] launcher, string folder, params string[] arguments) => new(folder, arguments, launcher: launcher);

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Runs a command to its end.</summary>
    public static (int ExitCode, string Out, string Error) Run(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.ReadToEnd();
        return (process.ExitCode(), output, process._error.Result);
    }

    /// <summary>Runs a sample program to its end.</summary>
    public static (int ExitCode, string Out) RunSample(string program, string folder, params string[] arguments)
    {
        using var process = new NinProcess(folder, arguments, program);
        var output = process.ReadToEnd();
        return (process.ExitCode(), output);
    }

    /// <summary>All of standard output, once it has ended.</summary>
    public string ReadToEnd()
    {
        var rest = _process.StandardOutput.ReadToEndAsync();
        if (rest.Wait(Patience)) return rest.Result;
        _process.Kill(entireProcessTree: true);
        throw new TimeoutException("nin did not end");
    }

    /// <summary>The next line on standard output; null at the end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>What it reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The libraries and other files that it has mapped into memory (Linux).</summary>
    public string MappedFiles() => File.ReadAllText($"/proc/{_process.Id}/maps");

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
        ReadToEnd();
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
