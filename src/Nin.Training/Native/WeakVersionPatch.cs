using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nin.Files;

namespace Nin.Training.Native;

/// <summary>
/// Makes a copy of an ELF library whose need for one symbol version is weak, so that the loader no longer insists on it.
/// LibTorchSharp 0.107 asks for GLIBCXX_3.4.32 through a symbol that no relocation refers to; Debian 12 and Ubuntu 22.04 end at 3.4.30.
/// </summary>
internal static class WeakVersionPatch
{
    private const uint VersionNeedSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort WeakFlag = 2; // VER_FLG_WEAK

    /// <summary>The path of the patched copy, in the user's cache folder; made on first use.</summary>
    /// <exception cref="EnvironmentException">The library is not what was expected, or no folder can be written to.</exception>
    public static string CopyOf(string library, string version)
    {
        var bytes = File.ReadAllBytes(library);
        var name = $"{Path.GetFileNameWithoutExtension(library)}-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}.so";
        if (!MakeWeak(bytes, version))
            throw new EnvironmentException($"cannot load {library}", $"the system's loader refuses it, and not for want of {version}", "nin doctor");

        foreach (var folder in new[] { CacheDirectory, Path.Combine(Path.GetTempPath(), $"nin-{Environment.UserName}") })
        {
            try
            {
                Directory.CreateDirectory(folder);
                var path = Path.Combine(folder, name);
                if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes)) return path;
                var temporary = $"{path}.{Environment.ProcessId}";
                File.WriteAllBytes(temporary, bytes);
                File.Move(temporary, path, overwrite: true);
                return path;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The next folder may be writable.
            }
        }
        throw new EnvironmentException("LibTorchSharp cannot be adapted to this system's libstdc++", $"neither {CacheDirectory} nor the temporary folder can be written to", "make one of them writable, or update libstdc++ to GCC 13's");
    }

    private static string CacheDirectory => Path.Combine(CacheFolder.Path, "native");

    /// <summary>Sets the weak flag on every Vernaux entry of that version name.</summary>
    private static bool MakeWeak(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[4] != 2) return false; // ELF, 64 bits
        var sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[40..]);
        var sectionSize = BinaryPrimitives.ReadUInt16LittleEndian(elf[58..]);
        var sectionCount = BinaryPrimitives.ReadUInt16LittleEndian(elf[60..]);
        var found = false;
        for (var s = 0; s < sectionCount; s++)
        {
            var header = elf[(sections + s * sectionSize)..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != VersionNeedSection) continue;
            var need = (int)BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);
            var strings = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(sections + (int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..]) * sectionSize + 24)..]);
            for (int next = 1; next != 0; need += next)
            {
                next = (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 12)..]);
                var entry = need + (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 8)..]);
                for (var step = 1; step != 0; entry += step)
                {
                    step = (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(entry + 12)..]);
                    var text = elf[(strings + (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(entry + 8)..]))..];
                    if (Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]) != version) continue;
                    var flags = elf[(entry + 4)..];
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
                    found = true;
                }
            }
        }
        return found;
    }
}
