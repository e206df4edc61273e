using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Nin.Data;
using Nin.Files;
using Nin.Json;

namespace Nin.Training.Runs;

/// <summary><c>split.json</c>: which images of which data were held out.</summary>
/// <param name="Seed">Of the split.</param>
/// <param name="Data">A fingerprint of the images to train on, by which a resumed run knows them again.</param>
/// <param name="Validation">Indices in the part to train on.</param>
internal sealed record HeldOutImages(int Seed, string Data, ImmutableArray<int> Validation)
{
    private const int Samples = 1000;

    public static HeldOutImages Of(RunPlan plan) => new(plan.Options.Seed, Fingerprint(plan.Train), [.. plan.HeldOut]);

    /// <exception cref="ModelException">The file is missing or damaged.</exception>
    public static HeldOutImages Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<HeldOutImages>(File.ReadAllText(path), NinJson.Line) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} does not say which images were held out", e.Message, "begin a new run", e);
        }
    }

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, NinJson.Line));

    /// <summary>All labels and a thousand images, so that sets of any size are told apart at once.</summary>
    public static string Fingerprint(ImageSet images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> word = stackalloc byte[4];
        foreach (var label in images.Labels)
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, label);
            hash.AppendData(word);
        }
        for (var sample = 0L; sample < Math.Min(Samples, images.Count); sample++) hash.AppendData(images.Image((int)(sample * images.Count / Math.Min(Samples, images.Count))));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
