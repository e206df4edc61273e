namespace Nin.Training.Distributed;

/// <summary>Divides the cores of a machine among its ranks. mpirun may have bound each to cores of its own, several to those of a socket, or none to any.</summary>
internal static class CoreShare
{
    private const string Status = "/proc/self/status", Field = "Cpus_allowed_list:";

    /// <summary>The cores that this process may use, as the system lists them.</summary>
    public static string Allowed =>
        File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) ?? "" : "";

    /// <summary>How many of its cores are a rank's own: those that it may use, divided by the ranks that may use the same; at least one.</summary>
    /// <param name="cores">That the rank may use.</param>
    /// <param name="allowed">Of every rank of the machine.</param>
    /// <param name="rank">Which of them.</param>
    public static int Of(int cores, IReadOnlyList<string> allowed, int rank) =>
        Math.Max(1, cores / allowed.Count(same => same == allowed[rank]));
}
