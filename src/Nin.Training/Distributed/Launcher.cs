using System.Runtime.InteropServices;

namespace Nin.Training.Distributed;

/// <summary>Whoever started this process: mpirun, srun or a shell. Known before anything of MPI is loaded.</summary>
public static partial class Launcher
{
    private const string OfMpirun = "OMPI_COMM_WORLD_RANK", OfPmix = "PMIX_RANK", OfPmi2 = "PMI_RANK"; // the last two by srun

    /// <summary>This process's rank in the job that it was started for; null where it was started on its own.</summary>
    public static int? Rank => Number(OfMpirun) ?? Number(OfPmix) ?? Number(OfPmi2);

    /// <summary>
    /// Lets the system end this process when the mpirun that started it dies, however it dies: nobody else would. Slurm keeps account of its processes itself.
    /// </summary>
    internal static void DieWithMpirun()
    {
        const int parentDeathSignal = 1, kill = 9; // PR_SET_PDEATHSIG, SIGKILL
        if (OperatingSystem.IsLinux() && Number(OfMpirun) is not null) _ = Control(parentDeathSignal, kill, 0, 0, 0);
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint argument, nuint third, nuint fourth, nuint fifth);
}
