using System.Runtime.InteropServices;

namespace Nin.Training.Native;

/// <summary>Which native files stand behind TorchSharp.</summary>
/// <param name="Directory">The folder of libtorch.</param>
/// <param name="Libtorch">libtorch's own libraries, in the order of loading.</param>
/// <param name="Binding">LibTorchSharp, the C interface that TorchSharp calls.</param>
public sealed record LibtorchFiles(string Directory, IReadOnlyList<string> Libtorch, string Binding)
{
    /// <summary>Whether a copy of the binding was made for an older libstdc++.</summary>
    public bool WasPatched { get; init; }

    /// <summary>Whether <c>NIN_LIBTORCH</c> chose the folder.</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Looks in NIN_LIBTORCH, then where the build put the packages' files.</summary>
    /// <exception cref="EnvironmentException">There is no libtorch, or none in the folder that NIN_LIBTORCH names.</exception>
    public static LibtorchFiles Find()
    {
        var binding = SearchDirectories().Select(directory => Path.Combine(directory, FileName("LibTorchSharp"))).FirstOrDefault(File.Exists)
            ?? throw new EnvironmentException("LibTorchSharp is missing", $"{FileName("LibTorchSharp")} is not beside the program", "build again: dotnet build; systems that TorchSharp supports are Linux x64, Windows x64 and macOS arm64");
        if (Environment.GetEnvironmentVariable("NIN_LIBTORCH") is { Length: > 0 } chosen)
        {
            var folder = new[] { Path.Combine(chosen, "lib"), chosen }.FirstOrDefault(HasLibtorch)
                ?? throw new EnvironmentException($"NIN_LIBTORCH={chosen} holds no libtorch", $"neither it nor its lib folder has {FileName("torch_cpu")}", "point it at an unpacked libtorch or at the torch folder of an installed PyTorch");
            return new(folder, LibrariesIn(folder), binding) { FromEnvironment = true };
        }
        var own = SearchDirectories().FirstOrDefault(HasLibtorch)
            ?? throw new EnvironmentException("libtorch is missing", $"{FileName("torch_cpu")} is not beside the program", "build with -p:TorchBackend=cpu, or point NIN_LIBTORCH at an existing libtorch");
        return new(own, LibrariesIn(own), binding);
    }

    /// <summary>Preloaded by full path, so that everything that names them later by soname gets these.</summary>
    private static List<string> LibrariesIn(string folder) =>
        [.. new[] { "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch" }.Select(name => Path.Combine(folder, FileName(name))).Where(File.Exists)];

    private static bool HasLibtorch(string folder) => File.Exists(Path.Combine(folder, FileName("torch_cpu")));

    private static IEnumerable<string> SearchDirectories() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"))
            .Append(Path.Combine(AppContext.BaseDirectory, "runtimes", PortableIdentifier, "native"));

    private static string PortableIdentifier =>
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux") + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
