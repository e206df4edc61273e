using System.Diagnostics;

namespace Nin.EndToEnd.Interruptions;

/// <summary>A disk in memory that can be filled to its last byte.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>A disk of four megabytes; null where this user may not mount one.</summary>
    public static SmallDisk? Mount(string folder)
    {
        if (!OperatingSystem.IsLinux()) return null;
        Directory.CreateDirectory(folder);
        return Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder) == 0 ? new(folder) : null;
    }

    /// <summary>Until not a byte is left.</summary>
    public void Fill()
    {
        try
        {
            using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            for (var block = new byte[4096]; ;) file.Write(block);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Takes away what filled it.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose() => Run("umount", "-l", _folder);

    private string Filler => Path.Combine(_folder, "filler");

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
