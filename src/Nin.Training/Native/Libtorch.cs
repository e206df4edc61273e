using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Nin.Training.Native;

/// <summary>
/// The one place where libtorch is found and loaded. Everything that uses TorchSharp calls <see cref="Load"/> first.
/// </summary>
public static class Libtorch
{
    private static readonly Lazy<LibtorchFiles> Loaded = new(LoadOnce);

    /// <summary>
    /// Loads libtorch and LibTorchSharp, once a process. <c>NIN_PLAIN_ALLOCATOR=1</c> leaves malloc and OpenMP as the system has them, which cannot be undone
    /// later: benchmarks run TorchSharp on its own that way.
    /// </summary>
    /// <returns>Which files were loaded.</returns>
    /// <exception cref="EnvironmentException">A library is missing or cannot be loaded here.</exception>
    public static LibtorchFiles Load() => Loaded.Value;

    /// <summary>The versions of libtorch and of its binding, for example "2.10.0 (TorchSharp 0.107.0)".</summary>
    /// <exception cref="EnvironmentException">A library is missing or cannot be loaded here.</exception>
    public static string Version()
    {
        Load();
        return $"{torch.__version__} (TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)})";
    }

    private static LibtorchFiles LoadOnce()
    {
        if (Environment.GetEnvironmentVariable("NIN_PLAIN_ALLOCATOR") != "1")
        {
            Allocator.KeepFreedMemory();
            OpenMp.LimitSpinning();
        }
        var files = LibtorchFiles.Find();
        foreach (var library in files.Libtorch) OpenMp.Find(LoadFile(library));
        var binding = LoadBinding(files);
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? binding.Handle : 0);
        SkipTorchSharpsOwnSearch();
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is TypeInitializationException or NotSupportedException or DllNotFoundException)
        {
            throw new EnvironmentException("libtorch does not start", e.GetBaseException().Message, "nin doctor", e);
        }
        return files with { Binding = binding.Path, WasPatched = binding.Path != files.Binding };
    }

    private static (nint Handle, string Path) LoadBinding(LibtorchFiles files)
    {
        if (NativeLibrary.TryLoad(files.Binding, out var handle)) return (handle, files.Binding);
        if (!OperatingSystem.IsLinux()) LoadFile(files.Binding);

        // An older libstdc++ refuses the library for a version that nothing in it calls.
        var patched = WeakVersionPatch.CopyOf(files.Binding, "GLIBCXX_3.4.32");
        return (LoadFile(patched), patched);
    }

    private static nint LoadFile(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new EnvironmentException($"cannot load {path}", e.Message.ReplaceLineEndings(" ").Trim(), "install what the loader names, or point NIN_LIBTORCH at another libtorch; nin doctor tells what was found", e);
        }
    }

    /// <summary>TorchSharp would search again by path and could map a second libtorch beside the one that NIN_LIBTORCH names.</summary>
    private static void SkipTorchSharpsOwnSearch()
    {
        foreach (var field in new[] { "nativeBackendLoaded", "nativeBackendCudaLoaded" })
            typeof(torch).GetField(field, BindingFlags.NonPublic | BindingFlags.Static)?.SetValue(null, true);
    }
}
