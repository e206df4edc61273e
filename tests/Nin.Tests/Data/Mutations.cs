namespace Nin.Tests.Data;

/// <summary>Feeds a reader with thousands of damaged copies of a sound file: bits flipped, numbers set to extremes, parts cut out, doubled or cut off.</summary>
internal static class Mutations
{
    /// <summary>Everything but a <see cref="DataException"/> fails the test.</summary>
    /// <param name="sound">A file that the reader accepts.</param>
    /// <param name="count">How many damaged copies.</param>
    /// <param name="interesting">Half of the changes hit this many bytes at the beginning, where the structure is.</param>
    /// <param name="read">The reader.</param>
    public static void Try(byte[] sound, int count, int interesting, Action<byte[]> read)
    {
        read(sound);
        for (var seed = 0; seed < count; seed++)
        {
            try
            {
                read(Damaged(sound, interesting, new Random(seed)));
            }
            catch (DataException)
            {
            }
        }
    }

    private static byte[] Damaged(byte[] sound, int interesting, Random random)
    {
        byte[] bytes = [.. sound];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            if (bytes.Length == 0) return bytes;
            var at = random.Next(random.Next(2) == 0 ? Math.Min(interesting, bytes.Length) : bytes.Length);
            var length = random.Next(1, Math.Min(16, bytes.Length - at) + 1);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.AsSpan(at, Math.Min(4, length)).Fill(random.Next(2) == 0 ? (byte)0xFF : (byte)0x7F); break;
                case 3: bytes = [.. bytes[..at], .. bytes[(at + length)..]]; break;
                case 4: bytes = [.. bytes[..(at + length)], .. bytes[at..]]; break;
                default: bytes = bytes[..at]; break;
            }
        }
        return bytes;
    }
}
