namespace Nin.Tests.Fuzzing;

/// <summary>A sound file to be damaged.</summary>
/// <param name="content">Its bytes, or those of a part.</param>
/// <param name="structure">Half of the changes hit this many bytes at the beginning.</param>
/// <param name="wrap">Makes the file of the part: compresses it, puts it into an archive.</param>
internal sealed class FuzzSeed(byte[] content, int? structure = null, Func<byte[], byte[]>? wrap = null)
{
    public byte[] Content => content;

    public int Structure => structure ?? content.Length;

    public byte[] Wrap(byte[] part) => wrap?.Invoke(part) ?? part;
}

/// <summary>A parser and sound files of its format.</summary>
internal sealed record FuzzSubject(string Name, Action<byte[]> Read, params FuzzSeed[] Seeds)
{
    /// <summary>What errors call the file.</summary>
    public const string File = "the file";

    /// <summary>Whether it takes memory that the runtime does not count. Then that of the whole process is measured: no other test may run.</summary>
    public bool IsNative { get; init; }
}
