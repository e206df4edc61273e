using Nin.Data;
using Nin.Training.Native;
using static TorchSharp.torch;

namespace Nin.Training.Tests.Native;

public sealed class LibtorchTests
{
    [Fact]
    public void TorchSharp_computes_on_this_system()
    {
        Libtorch.Load();
        using var sum = ones(3).sum();
        Assert.Equal(3f, sum.item<float>());
    }

    [Fact]
    public void A_library_is_copied_and_patched_only_where_it_does_not_load_as_it_is()
    {
        var files = Libtorch.Load();
        var original = LibtorchFiles.Find().Binding;
        Assert.Equal(files.WasPatched, files.Binding != original);
        if (!files.WasPatched) return;

        // One flag of one symbol version, in the copy alone.
        var (before, after) = (File.ReadAllBytes(original), File.ReadAllBytes(files.Binding));
        Assert.Equal(before.Length, after.Length);
        var changed = Assert.Single(Enumerable.Range(0, before.Length), i => before[i] != after[i]);
        Assert.Equal(2, before[changed] ^ after[changed]);
    }

    [Fact]
    public void A_chosen_folder_without_libtorch_is_an_error_of_the_environment()
    {
        var former = Environment.GetEnvironmentVariable("NIN_LIBTORCH");
        try
        {
            Environment.SetEnvironmentVariable("NIN_LIBTORCH", "/nowhere");
            var error = Assert.Throws<EnvironmentException>(LibtorchFiles.Find);
            Assert.Contains("/nowhere", error.Message);
            Assert.Equal(5, error.ExitCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NIN_LIBTORCH", former);
        }
    }

    [Fact]
    public void The_doctor_finds_nothing_missing_here() =>
        Assert.DoesNotContain(Doctor.Examine(), finding => finding.State == FindingState.Missing);

    [Fact]
    public void The_doctor_looks_for_data_where_trainings_look() =>
        Assert.All(DataCatalogue.DefaultRoots.Where(Directory.Exists), root => Assert.Contains(root, Doctor.Examine().Single(finding => finding.Subject == "data").Text));
}
