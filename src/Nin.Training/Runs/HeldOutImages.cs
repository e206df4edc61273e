using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Nin.Files;
using Nin.Json;

namespace Nin.Training.Runs;

/// <summary><c>split.json</c>: which images of which data were held out.</summary>
/// <param name="Seed">Of the split.</param>
/// <param name="Data">A fingerprint of all images, by which a resumed run knows them again.</param>
/// <param name="Validation">Indices in the part of the data that is to be trained on, all of it.</param>
internal sealed record HeldOutImages(int Seed, string Data, ImmutableArray<int> Validation)
{
    private const int Samples = 1000;

    public static HeldOutImages Of(RunPlan plan) => new(plan.Options.Seed, Fingerprint(plan), [.. plan.HeldOut]);

    /// <exception cref="ModelException">The file is missing or damaged.</exception>
    public static HeldOutImages Read(string path) =>
        JsonFile.Read<HeldOutImages>(path) ?? throw new ModelException($"{path} does not say which images were held out", "it is missing", "begin a new run");

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, NinJson.Line));

    /// <summary>All labels and a thousand images of each part, so that sets of any size are told apart at once.</summary>
    public static string Fingerprint(RunPlan plan)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var images in new[] { plan.Train, plan.Validation, plan.Test })
        {
            AddNumber(hash, images?.Count ?? -1);
            if (images is null) continue;
            foreach (var label in images.Labels) AddNumber(hash, label);
            var samples = Math.Min(Samples, images.Count);
            for (var sample = 0L; sample < samples; sample++) hash.AppendData(images.Image((int)(sample * images.Count / samples)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static void AddNumber(IncrementalHash hash, int number)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(word, number);
        hash.AppendData(word);
    }
}
