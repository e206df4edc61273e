using System.Runtime.InteropServices;

namespace Nin.Training.Distributed;

/// <summary>Whoever started this process: mpirun, srun or a shell. Known before anything of MPI is loaded.</summary>
public static partial class Launcher
{
    // Of mpirun; of PMIx, which srun --mpi=pmix speaks; of PMI-2.
    private static readonly string[] RankVariables = ["OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"];

    /// <summary>This process's rank in the job that it was started for; null where it was started on its own.</summary>
    public static int? Rank => RankVariables
        .Select(name => int.TryParse(Environment.GetEnvironmentVariable(name), out var rank) ? rank : (int?)null)
        .FirstOrDefault(rank => rank is not null);

    /// <summary>Lets the system end this process when the one that started it dies, however it dies: a job without its mpirun has nobody who would end it.</summary>
    internal static void DieWith()
    {
        const int parentDeathSignal = 1, kill = 9; // PR_SET_PDEATHSIG, SIGKILL
        if (OperatingSystem.IsLinux()) _ = Control(parentDeathSignal, kill, 0, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint argument, nuint third, nuint fourth, nuint fifth);
}
