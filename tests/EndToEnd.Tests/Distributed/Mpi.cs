namespace Nin.EndToEnd.Distributed;

/// <summary>Starts nin by mpirun.</summary>
internal static class Mpi
{
    private static readonly string? Mpirun = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "mpirun")).FirstOrDefault(File.Exists);

    /// <summary>Skips a test where there is no mpirun; NIN_REQUIRE_MPI=1 makes it fail instead.</summary>
    public static void Require()
    {
        if (Mpirun is null && Environment.GetEnvironmentVariable("NIN_REQUIRE_MPI") == "1") Assert.Fail("NIN_REQUIRE_MPI is set, but there is no mpirun: apt-get install openmpi-bin");
        Assert.SkipWhen(Mpirun is null, "there is no mpirun: apt-get install openmpi-bin");
    }

    /// <summary>Starts so many ranks on this machine, more than it has cores if need be.</summary>
    public static NinProcess Start(int ranks, string folder, params string[] arguments) =>
        NinProcess.StartBy([Mpirun!, "--allow-run-as-root", "--oversubscribe", "-n", $"{ranks}"], folder, arguments);

    /// <summary>Runs so many ranks to their end.</summary>
    public static (int ExitCode, string Out, string Error) Run(int ranks, string folder, params string[] arguments)
    {
        using var process = Start(ranks, folder, arguments);
        var output = process.ReadToEnd();
        return (process.ExitCode(), output, process.Error);
    }
}
