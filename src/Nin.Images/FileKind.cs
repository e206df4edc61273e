namespace Nin.Images;

/// <summary>Says what a file is that is no picture, by its first bytes.</summary>
internal static class FileKind
{
    public static string Describe(ReadOnlySpan<byte> file) => file switch
    {
        [0x49, 0x49, 0x2A, 0x00, ..] or [0x4D, 0x4D, 0x00, 0x2A, ..] => "it is a TIFF, which is not supported",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "it is HEIC, AVIF or a film, which are not supported",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "it is a PDF",
        [0x50, 0x4B, 0x03, 0x04, ..] => "it is a zip archive",
        [0xFF, 0xD8, 0xFF, ..] => "it begins as a JPEG, but its header is damaged",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "it begins as a PNG, but its header is damaged",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "it begins as a WebP, but its header is damaged",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "it begins as a GIF, but its header is damaged",
        _ when IsText(file) => "it is text",
        _ => "its first bytes are those of no known picture format",
    };

    private static bool IsText(ReadOnlySpan<byte> file)
    {
        foreach (var value in file[..Math.Min(file.Length, 512)])
        {
            if (value < 0x20 && value is not ((byte)'\n' or (byte)'\r' or (byte)'\t')) return false;
        }
        return true;
    }
}
