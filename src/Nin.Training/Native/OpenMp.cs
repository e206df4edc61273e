using System.Runtime.InteropServices;

namespace Nin.Training.Native;

/// <summary>
/// libgomp's idle threads spin for milliseconds, on cores that our own kernels and neighbouring processes need. Read once, when the library is loaded.
/// </summary>
internal static partial class OpenMp
{
    public static void ReleaseCoresBetweenRegions()
    {
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is null && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            _ = SetEnvironment("GOMP_SPINCOUNT", "10000", 0);
    }

    // Environment.SetEnvironmentVariable does not reach the environment that native code reads.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
