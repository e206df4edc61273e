namespace Nin.Runs;

/// <summary>Whoever started this process: mpirun, srun or a shell. Known before anything of MPI, or of libtorch, is loaded.</summary>
public static class Launcher
{
    private const string OfMpirun = "OMPI_COMM_WORLD_RANK", OfPmix = "PMIX_RANK", OfPmi2 = "PMI_RANK"; // the last two by srun

    /// <summary>This process's rank in the job that it was started for; null where it was started on its own.</summary>
    public static int? Rank => Number(OfMpirun) ?? Number(OfPmix) ?? Number(OfPmi2);

    /// <summary>Whether mpirun started it.</summary>
    public static bool IsMpirun => Number(OfMpirun) is not null;

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
