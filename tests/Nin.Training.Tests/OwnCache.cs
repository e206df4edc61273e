using System.Runtime.CompilerServices;

namespace Nin.Training.Tests;

/// <summary>Tests leave the user's cache alone.</summary>
internal static class OwnCache
{
    [ModuleInitializer]
    internal static void Use() => Environment.SetEnvironmentVariable("NIN_CACHE", Path.Combine(AppContext.BaseDirectory, "cache"));
}
