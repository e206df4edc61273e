using System.Formats.Tar;
using System.IO.Compression;

namespace Nin.Data.Fetching;

/// <summary>
/// Unpacks a .tar.gz without leaving its folder: plain files and folders only, no links, no paths that lead out, no more bytes and files than a data set has.
/// Either all of it arrives or nothing does.
/// </summary>
internal static class TarUnpacker
{
    private const string Kind = "archive of a data set";
    private const int MostEntries = 1000;
    private const long MostBytes = 1L << 30;

    /// <param name="archive">The archive.</param>
    /// <param name="folder">What it holds goes here; files of the same names are replaced.</param>
    /// <param name="mostBytes">How many it may hold, headers included.</param>
    /// <exception cref="DataException">The archive is damaged, or holds what it should not.</exception>
    public static void Unpack(string archive, string folder, long mostBytes = MostBytes)
    {
        var temporary = Path.Combine(folder, $".unpacking-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(temporary);
        try
        {
            using (var file = File.OpenRead(archive)) UnpackInto(temporary, file, archive, mostBytes);
            foreach (var unpacked in Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories).ToList())
            {
                var target = Path.Combine(folder, Path.GetRelativePath(temporary, unpacked));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(unpacked, target, overwrite: true);
            }
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static void UnpackInto(string folder, Stream file, string archive, long mostBytes)
    {
        try
        {
            using var plain = new BoundedStream(new GZipStream(file, CompressionMode.Decompress), mostBytes);
            using var tar = new TarReader(plain);
            var entries = 0;
            while (tar.GetNextEntry() is { } entry)
            {
                if (++entries > MostEntries) throw DataFile.Damaged(archive, Kind, $"it holds more than {MostEntries} entries");
                Write(entry, folder, archive);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException or PathTooLongException)
        {
            throw DataFile.Damaged(archive, Kind, $"it cannot be unpacked: {e.Message}", e);
        }
    }

    private static void Write(TarEntry entry, string folder, string archive)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes:
                return; // Folders are made for the files in them.
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                break;
            default:
                throw DataFile.Damaged(archive, Kind, $"{entry.Name} is a {entry.EntryType}; only files and folders are unpacked");
        }
        if (!IsPlain(entry.Name)) throw DataFile.Damaged(archive, Kind, $"the path {entry.Name} leads out of the folder");
        var path = Path.Combine(folder, entry.Name);
        if (Directory.Exists(path) || Above(path, folder).Any(File.Exists)) throw DataFile.Damaged(archive, Kind, $"{entry.Name} is a file and a folder");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var target = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        entry.DataStream?.CopyTo(target);
    }

    private static IEnumerable<string> Above(string path, string folder)
    {
        for (var above = Path.GetDirectoryName(path)!; above.Length > folder.Length; above = Path.GetDirectoryName(above)!) yield return above;
    }

    /// <summary>Names joined by slashes, none of which means another place on any system.</summary>
    private static bool IsPlain(string path) =>
        path.Length > 0 && path.IndexOfAny(['\\', ':', '\0']) < 0 && path.Split('/') is var names && names.Index().All(name => name.Item is not (".." or "") && (name.Item != "." || name.Index == 0));

    /// <summary>Ends with an error where more comes out of a stream than should be in it.</summary>
    private sealed class BoundedStream(Stream inner, long most) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _read += read;
            return _read <= most ? read : throw new InvalidDataException($"more than {most:N0} bytes come out of it");
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
