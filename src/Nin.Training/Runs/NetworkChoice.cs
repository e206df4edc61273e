using Nin.Architectures;

namespace Nin.Training.Runs;

/// <summary>A network by name or file, made to fit the data.</summary>
public static class NetworkChoice
{
    /// <summary>A catalogue net built for the data, or a file's net with the data's input; a file must give as many logits as there are classes.</summary>
    /// <exception cref="NinException">There is no such network, or it does not fit the data.</exception>
    public static Architecture Resolve(string nameOrPath, Shape input, int classes)
    {
        if (!nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var built = Catalogue.Find(nameOrPath).Build(input, classes);
            built.Plan();
            return built;
        }
        var architecture = ArchitectureJson.Read(nameOrPath) with { Input = input };
        var logits = architecture.Plan().Output.Channels;
        if (logits != classes)
            throw new ModelException($"{nameOrPath} gives {logits} logits", $"the data has {classes} classes", $"set the last width to {classes}");
        return architecture;
    }
}
