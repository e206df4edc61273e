using System.Runtime.InteropServices;
using Nin.Runs;

namespace Nin.Training.Distributed;

/// <summary>Ties this process's life to that of its parent.</summary>
internal static partial class Lifeline
{
    /// <summary>
    /// Lets the system end this process when the mpirun that started it dies, however it dies: nobody else would. Slurm keeps account of its processes itself.
    /// </summary>
    public static void DieWithMpirun()
    {
        const int parentDeathSignal = 1, kill = 9; // PR_SET_PDEATHSIG, SIGKILL
        if (OperatingSystem.IsLinux() && Launcher.IsMpirun) _ = Control(parentDeathSignal, kill, 0, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint argument, nuint third, nuint fourth, nuint fifth);
}
