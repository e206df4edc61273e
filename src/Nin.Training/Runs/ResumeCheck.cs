using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Json;
using Nin.Recipes;

namespace Nin.Training.Runs;

/// <summary>A resumed run is the same run: only its length, what it runs on and where its files lie may change.</summary>
public static class ResumeCheck
{
    private static readonly string[] Free = ["epochs", "time_minutes", "threads", "device", "checkpoint_minutes", "data_root"];

    /// <summary>Compares options.</summary>
    /// <param name="begun">With which the run began.</param>
    /// <param name="now">With which it is to go on.</param>
    /// <exception cref="UsageException">Another option differs; it is named.</exception>
    public static void Compare(TrainingOptions begun, TrainingOptions now)
    {
        var (then, today) = (Flatten(Named(begun)), Flatten(Named(now)));
        foreach (var (path, value) in today)
        {
            if (!Free.Contains(path) && then[path] != value)
                throw new UsageException($"{path} cannot change when a run is resumed", $"the run began with {then[path]}, now it is {value}", $"leave {path} as it was, or begin a new run");
        }
    }

    /// <exception cref="UsageException">The images are not those that the run began with.</exception>
    internal static void Compare(HeldOutImages begun, HeldOutImages now)
    {
        if (begun.Data != now.Data)
            throw new UsageException("the images are not those that the run began with", $"their fingerprint was {begun.Data}, now it is {now.Data}", "put the same files back, name the folder that holds them (--data <folder>) where the set is built in, or begin a new run");
    }

    /// <summary>With the names of folders and files: where they are may change, what is in them is compared with the images and the checkpoint.</summary>
    private static TrainingOptions Named(TrainingOptions options) => options with { Data = Path.GetFileName(options.Data), Network = Path.GetFileName(options.Network) };

    private static Dictionary<string, string> Flatten(TrainingOptions options)
    {
        var flat = new Dictionary<string, string>();
        void Add(string path, JsonNode? node)
        {
            if (node is not JsonObject inner) flat[path] = node?.ToJsonString() ?? "nothing";
            else foreach (var (key, value) in inner) Add(path.Length == 0 ? key : $"{path}.{key}", value);
        }
        Add("", JsonSerializer.SerializeToNode(options, NinJson.Line));
        return flat;
    }
}
