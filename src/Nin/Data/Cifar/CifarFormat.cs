using System.Collections.Immutable;

namespace Nin.Data.Cifar;

/// <summary>One of the two forms in which the authors publish CIFAR.</summary>
internal abstract class CifarFormat
{
    // The largest official file, the training part of CIFAR-100, has 155 million bytes.
    private const long MostBytes = 1 << 28;

    /// <summary>The name of the official archive, without its ending.</summary>
    public abstract string Archive { get; }

    /// <summary>The folder that the official archive unpacks to.</summary>
    public abstract string Folder { get; }

    /// <summary>The training files in order, then the test file.</summary>
    public abstract ImmutableArray<string> Files { get; }

    /// <summary>The number of bytes that a file consists of a multiple of.</summary>
    protected abstract int RecordBytes { get; }

    /// <summary>Reads the files themselves.</summary>
    public DataSet ReadFiles(DataSource source, ImmutableArray<string> paths) => CifarBatch.Join(source,
        [.. paths.Select(path => DataFile.Read(path, CifarBatch.Kind, (stream, length) => Read(path, stream, length)))]);

    /// <summary>Reads them from the official archive.</summary>
    public DataSet ReadArchive(DataSource source, ImmutableArray<string> paths) => CifarBatch.Join(source,
        TarArchive.Read(paths[0], [.. Files.Select(file => $"{Folder}/{file}")], (name, stream, length) => Read(name, stream, length)));

    /// <summary>Reads one of the files from a stream that can seek.</summary>
    /// <exception cref="DataException">It is damaged.</exception>
    public CifarBatch Read(Stream stream, string origin) => DataFile.Read(stream, origin, CifarBatch.Kind, (content, length) => Read(origin, content, length));

    /// <summary>The images and labels of a file.</summary>
    protected abstract CifarBatch Parse(string origin, ReadOnlyMemory<byte> content);

    private CifarBatch Read(string origin, Stream stream, long? length)
    {
        if (length is { } known) CheckLength(origin, known);
        var content = DataFile.ReadUpTo(stream, (length ?? MostBytes) + 1);
        if (length is { } declared && content.Length != declared) throw DataFile.Damaged(origin, CifarBatch.Kind, $"it ends at byte {content.Length}, expected {declared} bytes");
        CheckLength(origin, content.Length);
        return Parse(origin, content);
    }

    private void CheckLength(string origin, long length)
    {
        if (length > MostBytes) throw DataFile.Damaged(origin, CifarBatch.Kind, $"it has more than {MostBytes} bytes");
        if (length == 0) throw DataFile.Damaged(origin, CifarBatch.Kind, "it is empty");
        if (length % RecordBytes != 0) throw DataFile.Damaged(origin, CifarBatch.Kind, $"it has {length} bytes, expected a multiple of {RecordBytes}: the labels and the pixels of an image");
    }
}
