using System.IO.Compression;
using Nin.Files;
using Nin.Pickles;

namespace Nin.Weights.Pth;

/// <summary>The form since PyTorch 1.6: an uncompressed zip archive with the pickle as <c>data.pkl</c> and the bytes of each storage as <c>data/&lt;key&gt;</c>.</summary>
internal static class ZipPth
{
    private const string Pickle = "/data.pkl";

    public static IReadOnlyDictionary<string, TensorData> Read(Stream stream, string origin)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return Read(archive, stream.Length, origin);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            throw PthFile.Malformed(origin, $"its zip archive is damaged: {e.Message}", e);
        }
    }

    private static IReadOnlyDictionary<string, TensorData> Read(ZipArchive archive, long length, string origin)
    {
        var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(Pickle, StringComparison.Ordinal)) ?? throw PthFile.Malformed(origin, "its zip archive holds no data.pkl");
        var folder = pickle.FullName[..^Pickle.Length];
        if (archive.GetEntry($"{folder}/byteorder") is { } order && !Content(order, "little".Length, origin).AsSpan().SequenceEqual("little"u8))
            throw PthFile.Malformed(origin, "its numbers are big-endian, expected little-endian");

        // Entries may overlap in a hostile archive; together they hold no more than the file does.
        var left = length;
        var objects = default(TorchObjects);
        var bytes = new ByteCursor(Content(pickle, Take(pickle.Length), origin), (offset, why) => PthFile.Malformed(origin, $"at byte {offset} of data.pkl: {why}"));
        var root = PickleReader.Read(bytes, fail => objects = new(fail));
        foreach (var storage in objects!.Storages)
        {
            var entry = archive.GetEntry($"{folder}/data/{storage.Key}") ?? throw PthFile.Malformed(origin, $"its zip archive lacks data/{storage.Key}");
            storage.Bytes = Content(entry, Take(storage.Length), origin);
        }
        return TensorTree.Flatten(root, length, origin);

        long Take(long size) => (left -= size) >= 0 ? size : throw PthFile.Malformed(origin, $"its entries declare more bytes than the {length} of the file");
    }

    /// <summary>The content of an entry, which the caller has held against the length of the file.</summary>
    private static byte[] Content(ZipArchiveEntry entry, long expected, string origin)
    {
        if (entry.Length != expected) throw PthFile.Malformed(origin, $"{entry.FullName} has {entry.Length} bytes, expected {expected}");
        if (entry.CompressedLength != entry.Length) throw PthFile.Malformed(origin, $"{entry.FullName} is compressed, which PyTorch does not do");
        if (expected > Array.MaxLength) throw PthFile.Malformed(origin, $"{entry.FullName} has {expected} bytes, expected at most {Array.MaxLength}");
        using var stream = entry.Open();
        var bytes = new byte[expected];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == expected ? bytes : throw PthFile.Malformed(origin, $"{entry.FullName} ends after {read} bytes, expected {expected}");
    }
}
