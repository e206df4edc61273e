using System.IO.Compression;
using System.Text;

namespace Nin.Tests.Weights.Pth;

/// <summary>Puts the parts of a .pth file together as PyTorch does.</summary>
internal static class PthArchive
{
    public static byte[] Zip(byte[] pickle, params (string Key, byte[] Content)[] storages) => Zip(CompressionLevel.NoCompression, [("data.pkl", pickle), .. storages.Select(storage => ($"data/{storage.Key}", storage.Content)), ("version", "3\n"u8.ToArray())]);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry($"archive/{name}", level).Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>The older form: magic number, version, machine, state dict, keys of its storages, their contents.</summary>
    public static byte[] Legacy(byte[] pickle, params (string Key, byte[] Content)[] storages)
    {
        List<byte> bytes = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.', 0x80, 2, (byte)'M', 0xE9, 3, (byte)'.'];
        bytes.AddRange([0x80, 2, (byte)'}', (byte)'U', 13, .. "little_endian"u8, 0x88, (byte)'s', (byte)'.', .. pickle, 0x80, 2, (byte)']', (byte)'(']);
        foreach (var (key, _) in storages) bytes.AddRange([(byte)'U', (byte)key.Length, .. Encoding.ASCII.GetBytes(key)]);
        bytes.AddRange([(byte)'e', (byte)'.']);
        foreach (var (_, content) in storages) bytes.AddRange([.. BitConverter.GetBytes(content.Length / 4L), .. content]);
        return [.. bytes];
    }
}
