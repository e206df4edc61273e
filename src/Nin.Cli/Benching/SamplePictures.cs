using Nin.Files;
using Nin.Images;

namespace Nin.Cli.Benching;

/// <summary>The sample pictures that ship.</summary>
internal static class SamplePictures
{
    /// <summary>Their files, one at least.</summary>
    /// <exception cref="DataException">They are not there.</exception>
    public static IReadOnlyList<string> All()
    {
        var samples = NinHome.Find() is { } home ? Path.Combine(home, "samples") : "samples";
        return Directory.Exists(samples) && PictureFiles.In(samples).ToArray() is { Length: > 0 } pictures ? pictures
            : throw new DataException("there are no pictures to measure with", $"{samples} holds none", "name a folder of them: --pictures ./photos");
    }
}
