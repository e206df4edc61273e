namespace Nin.EndToEnd;

/// <summary>What nin finds on a machine.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_libtorch_elsewhere_is_loaded_where_it_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links to libraries are made as Linux has them");
        var native = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        Directory.CreateDirectory(_folder["torch", "lib"]);
        foreach (var library in Directory.EnumerateFiles(native)) File.CreateSymbolicLink(_folder["torch", "lib", Path.GetFileName(library)], library);

        using var process = NinProcess.StartBy(["env", $"NIN_LIBTORCH={_folder["torch"]}"], _folder.Path, "doctor", "--json");
        Assert.Contains($"from {_folder["torch", "lib"]} (NIN_LIBTORCH)", process.ReadToEnd());
        Assert.Equal(0, process.ExitCode());
    }
}
