using System.Diagnostics;

namespace Nin.Training.Runs;

/// <summary>What the process has taken from the system.</summary>
internal static class ProcessMemory
{
    /// <summary>The highest resident memory since the process began, in MiB.</summary>
    public static double PeakMb
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 / 1048576.0;
        }
    }
}
