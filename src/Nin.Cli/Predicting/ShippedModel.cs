using Nin.Files;

namespace Nin.Cli.Predicting;

/// <summary>The model that ships with nin.</summary>
internal static class ShippedModel
{
    private const string Name = "fashion-mnist.onnx";

    /// <summary>Its file.</summary>
    /// <exception cref="ModelException">It is not there.</exception>
    public static string Path()
    {
        var home = NinHome.Find();
        var path = home is null ? Name : System.IO.Path.Combine(home, "models", Name);
        return File.Exists(path) ? path : throw new ModelException("the model that ships was not found", home is null ? "no folder above the program holds configs/ and data/" : $"there is no {path}", "name a model: nin predict model.onnx photo.png");
    }
}
