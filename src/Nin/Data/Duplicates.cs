using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Nin.Data;

/// <summary>Counts images whose pixels are equal to the last byte, by 128 bits of their SHA-256.</summary>
/// <param name="WithinTrain">Training images that repeat an earlier one.</param>
/// <param name="TestInTrain">Test images that stand in the training part too.</param>
public sealed record Duplicates(int WithinTrain, int TestInTrain)
{
    /// <summary>Compares every training image with the others and with every test image.</summary>
    public static Duplicates Count(ImageSet train, ImageSet? test)
    {
        var seen = new HashSet<UInt128>(train.Count);
        for (var i = 0; i < train.Count; i++) seen.Add(Hash(train.Image(i)));
        var shared = 0;
        for (var i = 0; i < (test?.Count ?? 0); i++)
        {
            if (seen.Contains(Hash(test!.Image(i)))) shared++;
        }
        return new(train.Count - seen.Count, shared);
    }

    private static UInt128 Hash(ReadOnlySpan<byte> image)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(image, hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}
