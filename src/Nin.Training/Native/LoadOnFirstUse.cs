using System.Runtime.CompilerServices;

namespace Nin.Training.Native;

/// <summary>
/// Loads libtorch before anything of this library runs, so that programs may mix our types with TorchSharp's own in any order:
/// TorchSharp's first use would otherwise search for itself and fail on systems with an older libstdc++.
/// </summary>
internal static class LoadOnFirstUse
{
#pragma warning disable CA2255 // A library's module initializer is the one place that comes before every use.
    [ModuleInitializer]
    internal static void Load()
#pragma warning restore CA2255
    {
        try
        {
            Libtorch.Load();
        }
        catch (NinException)
        {
            // Whoever needs libtorch calls Libtorch.Load and gets this error; nin doctor explains it.
        }
    }
}
