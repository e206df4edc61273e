using System.Buffers.Binary;
using System.Text;

namespace Nin.Tests.Fuzzing;

/// <summary>Damages files, a function of the seed: half of them in one place, others in up to six. Half of the changes hit where the structure is.</summary>
/// <param name="pool">Sound files; parts of one are put into another.</param>
internal sealed class Mutator(IReadOnlyList<FuzzSeed> pool)
{
    private const int MostChanges = 6;
    private const int LongestPart = 64;

    // What programs stumble over: borders of number types, and lengths just beyond them.
    private static readonly long[] Borders =
        [0, 1, -1, 2, 4, 7, 8, 9, 16, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue];

    private static readonly byte[][] Words = [.. new[]
    {
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "-1", "0", "1e999", "1e-999", "2147483648", "9223372036854775808", "0.5", "NaN", "\"x\"", "\"\"", "{}", "[]", "//", "/*",
        "\n", "\0", "\uFEFF", "é", "😀", "(", ")", ".", "}q\0", "cos\nsystem\n", "R", "b", "u", "s", "t", "e", "h\0", "Q",
    }.Select(Encoding.UTF8.GetBytes), [0x80, 2], [0xFF, 0xFF, 0xFF, 0xFF], [0x78, 0x9C], [0x1F, 0x8B, 8], "PK\u0001\u0002"u8.ToArray(), "PK\u0005\u0006"u8.ToArray()];

    /// <summary>A damaged file.</summary>
    public byte[] Make(int seed)
    {
        var random = new Random(seed);
        var sound = pool[random.Next(pool.Count)];
        List<byte> bytes = [.. sound.Content];
        for (var changes = random.Next(2) == 0 ? 1 : random.Next(2, MostChanges + 1); changes > 0 && bytes.Count > 0; changes--)
            Change(bytes, random.Next(random.Next(2) == 0 ? Math.Min(sound.Structure, bytes.Count) : bytes.Count), random);
        return sound.Wrap([.. bytes]);
    }

    private void Change(List<byte> bytes, int at, Random random)
    {
        var length = random.Next(1, Math.Min(LongestPart, bytes.Count - at) + 1);
        switch (random.Next(14))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = (byte)random.Next(256); break;
            case 2: Overwrite(bytes, at, Number(Borders[random.Next(Borders.Length)], random)); break;
            case 3: Overwrite(bytes, at, Number(bytes.Count + random.Next(-8, 9), random)); break;
            case 4: EditNumber(bytes, at, random); break;
            case 5: bytes.RemoveRange(at, length); break;
            case 6: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 7: bytes.InsertRange(at, Words[random.Next(Words.Length)]); break;
            case 8: Overwrite(bytes, at, Words[random.Next(Words.Length)]); break;
            case 9: Splice(bytes, at, random); break;
            case 10 or 11 or 12: EditDigits(bytes, at, random); break;
            default: bytes.RemoveRange(at, bytes.Count - at); break;
        }
    }

    /// <summary>A number that stands there is doubled, halved, or moved a little: most of all, lengths and counts.</summary>
    private static void EditNumber(List<byte> bytes, int at, Random random)
    {
        if (bytes.Count - at < 4) return;
        var little = random.Next(2) == 0;
        var word = bytes.GetRange(at, 4).ToArray();
        var number = little ? BinaryPrimitives.ReadInt32LittleEndian(word) : BinaryPrimitives.ReadInt32BigEndian(word);
        number = random.Next(4) switch { 0 => number * 2, 1 => number / 2, 2 => number + 1, _ => number + random.Next(-16, 17) };
        if (little) BinaryPrimitives.WriteInt32LittleEndian(word, number);
        else BinaryPrimitives.WriteInt32BigEndian(word, number);
        Overwrite(bytes, at, word);
    }

    /// <summary>The next number written in digits becomes another.</summary>
    private static void EditDigits(List<byte> bytes, int at, Random random)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at])) at++;
        var end = at;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end])) end++;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, Encoding.ASCII.GetBytes(random.Next(2) == 0 ? $"{Borders[random.Next(Borders.Length)]}" : $"{random.Next(1000)}"));
    }

    private void Splice(List<byte> bytes, int at, Random random)
    {
        var other = pool[random.Next(pool.Count)].Content;
        if (other.Length == 0) return;
        var from = random.Next(other.Length);
        bytes.InsertRange(at, other.AsSpan(from, random.Next(1, Math.Min(4 * LongestPart, other.Length - from) + 1)).ToArray());
    }

    /// <summary>1, 2, 4 or 8 bytes of a number in either order.</summary>
    private static byte[] Number(long value, Random random)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        var word = bytes[..(1 << random.Next(4))];
        if (random.Next(2) == 0) Array.Reverse(word);
        return word;
    }

    private static void Overwrite(List<byte> bytes, int at, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < word.Length && at + i < bytes.Count; i++) bytes[at + i] = word[i];
    }
}
