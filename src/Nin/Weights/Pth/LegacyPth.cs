using Nin.Files;
using Nin.Pickles;

namespace Nin.Weights.Pth;

/// <summary>The form before PyTorch 1.6: pickles of a magic number, a version, the machine, the state dict and the keys of its storages, then the bytes of each storage.</summary>
internal static class LegacyPth
{
    private const int Version = 1001;

    /// <summary>The pickle of the magic number 0x1950A86A20F9469CFC6C.</summary>
    public static ReadOnlySpan<byte> Magic => [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    public static IReadOnlyDictionary<string, TensorData> Read(Stream stream, string origin)
    {
        if (stream.Length > Array.MaxLength) throw PthFile.Malformed(origin, $"it has {stream.Length} bytes, expected at most {Array.MaxLength}");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var bytes = new ByteCursor(content, (offset, why) => PthFile.Malformed(origin, $"at byte {offset}: {why}"));
        bytes.Take(Magic.Length, "the magic number");
        CheckMachine(bytes);

        var objects = default(TorchObjects);
        var root = PickleReader.Read(bytes, fail => objects = new(fail));
        ReadStorages(bytes, objects!);
        return TensorTree.Flatten(root, content.Length, origin);
    }

    private static void CheckMachine(ByteCursor bytes)
    {
        if (PickleReader.Read(bytes, fail => new TorchObjects(fail)) is not PickleNumber { Value: Version }) throw bytes.Fail($"its version is not {Version}");
        if (PickleReader.Read(bytes, fail => new TorchObjects(fail)) is not PickleDictionary machine || machine.Items.GetValueOrDefault("little_endian") is not PickleNumber { Value: 1 })
            throw bytes.Fail("its numbers are not known to be little-endian");
    }

    private static void ReadStorages(ByteCursor bytes, TorchObjects objects)
    {
        if (PickleReader.Read(bytes, fail => new TorchObjects(fail)) is not PickleList keys) throw bytes.Fail("no list of storages follows the state dict");
        foreach (var key in keys.Items)
        {
            var storage = objects.Storage(objects.Word(key)) ?? throw bytes.Fail("a storage belongs to no tensor");
            var count = bytes.ReadInt64("a storage's length");
            if (count != storage.Count) throw bytes.Fail($"storage {storage.Key} has {count} values, expected {storage.Count}");
            storage.Bytes = bytes.Take(storage.Length, $"storage {storage.Key}");
        }
        if (objects.Storages.FirstOrDefault(storage => storage.IsMissing) is { } missing) throw bytes.Fail($"storage {missing.Key} is missing");
    }
}
