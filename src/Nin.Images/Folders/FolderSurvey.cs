using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nin.Data;
using Nin.Files;
using Nin.Json;

namespace Nin.Images.Folders;

/// <summary>Looks at every image of a folder with all cores, and remembers what it saw: the next time, only files that have changed are read.</summary>
internal static class FolderSurvey
{
    /// <summary>No more threads than cores, even where some wait: each holds an image.</summary>
    public static ParallelOptions EveryCore { get; } = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Facts of each of the files, in their order.</summary>
    public static ImageFacts[] Of(string folder, IReadOnlyList<string> files, FolderOptions options, Action<DataProgress> report)
    {
        var memory = Path.Combine(options.Cache, "folders", $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..16]}.jsonl");
        var (now, known, done) = (DateTime.UtcNow.Ticks, Recall(memory), 0);
        var facts = new ImageFacts[files.Count];
        var unknown = new ConcurrentBag<int>();
        Parallel.For(0, files.Count, EveryCore, i =>
        {
            if (known.Facts.TryGetValue(Path.GetFullPath(files[i]), out var fact) && fact.StillHold(known.LookedAt)) facts[i] = fact;
            else unknown.Add(i);
        });
        Parallel.ForEach(unknown, EveryCore, i =>
        {
            facts[i] = ImageFacts.Of(Path.GetFullPath(files[i]), options.Limits);
            report(new("looking at images", Interlocked.Increment(ref done), unknown.Count, ProgressUnit.Images));
        });
        // What is no picture is looked at every time; that alone is nothing to remember.
        if (unknown.Any(i => facts[i].Header is not null)) Remember(memory, now, facts);
        return facts;
    }

    private static (long LookedAt, Dictionary<string, ImageFacts> Facts) Recall(string path)
    {
        try
        {
            var lines = File.ReadLines(path).ToArray();
            return (long.Parse(lines[0]), lines.Skip(1).Select(line => JsonSerializer.Deserialize<ImageFacts>(line, NinJson.Line)!).ToDictionary(fact => fact.Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or IndexOutOfRangeException or ArgumentException)
        {
            return (0, []); // Missing or damaged: it can be made again.
        }
    }

    private static void Remember(string path, long now, ImageFacts[] facts)
    {
        try
        {
            AtomicFile.WriteText(path, $"{now}\n{string.Concat(facts.Select(fact => JsonSerializer.Serialize(fact, NinJson.Line) + "\n"))}");
        }
        catch (OutputException)
        {
            // Without a memory the images are looked at again the next time.
        }
    }
}
