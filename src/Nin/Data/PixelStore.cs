using System.IO.MemoryMappedFiles;

namespace Nin.Data;

/// <summary>Where the bytes of images are: in memory, or in a file that the system reads in and lets go as it has room.</summary>
public abstract class PixelStore
{
    private protected PixelStore()
    {
    }

    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Some of them, without copying.</summary>
    internal abstract ReadOnlySpan<byte> Slice(long offset, int length);

    /// <summary>Bytes in memory.</summary>
    public static PixelStore Of(byte[] bytes) => new InMemory(bytes);

    /// <summary>The bytes of a file, mapped into memory for as long as the process lives.</summary>
    /// <exception cref="IOException">It cannot be read or is empty.</exception>
    public static PixelStore Map(string path) => new Mapped(path);

    private sealed class InMemory(byte[] bytes) : PixelStore
    {
        public override long Length => bytes.LongLength;

        internal override ReadOnlySpan<byte> Slice(long offset, int length) => bytes.AsSpan(checked((int)offset), length);
    }

    private sealed unsafe class Mapped : PixelStore
    {
        private readonly byte* _bytes;

        public Mapped(string path)
        {
            Length = new FileInfo(path).Length;
            using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
            var view = file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
            // Never released: spans that are handed out do not keep the view alive.
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref _bytes);
        }

        public override long Length { get; }

        internal override ReadOnlySpan<byte> Slice(long offset, int length)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(offset);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
            return new(_bytes + offset, length);
        }
    }
}
