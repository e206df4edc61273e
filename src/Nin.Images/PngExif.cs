using System.Buffers.Binary;
using SkiaSharp;

namespace Nin.Images;

/// <summary>The EXIF orientation of a PNG, which Skia leaves unread.</summary>
internal static class PngExif
{
    private const int SignatureBytes = 8, ChunkHeaderBytes = 8, ChecksumBytes = 4;
    private const int IfdEntryBytes = 12;
    private const ushort OrientationTag = 0x0112;

    /// <summary>What the <c>eXIf</c> chunk says; upright where there is none.</summary>
    public static SKEncodedOrigin Orientation(ReadOnlySpan<byte> png)
    {
        for (var rest = png[Math.Min(SignatureBytes, png.Length)..]; rest.Length >= ChunkHeaderBytes;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkHeaderBytes) break;
            if (rest.Slice(4, 4).SequenceEqual("eXIf"u8)) return OfTiff(rest.Slice(ChunkHeaderBytes, (int)length));
            rest = rest[Math.Min(rest.Length, ChunkHeaderBytes + (int)length + ChecksumBytes)..];
        }
        return SKEncodedOrigin.Default;
    }

    /// <summary>EXIF is a TIFF without a picture: a byte order, then a directory of 12-byte entries.</summary>
    private static SKEncodedOrigin OfTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return SKEncodedOrigin.Default;
        var little = tiff[0] == (byte)'I';
        var directory = little ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2) return SKEncodedOrigin.Default;
        var entries = tiff[((int)directory + 2)..];
        for (var left = UInt16(tiff[(int)directory..], little); left > 0 && entries.Length >= IfdEntryBytes; left--, entries = entries[IfdEntryBytes..])
        {
            if (UInt16(entries, little) == OrientationTag) return (SKEncodedOrigin)UInt16(entries[8..], little);
        }
        return SKEncodedOrigin.Default;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
