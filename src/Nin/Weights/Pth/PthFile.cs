namespace Nin.Weights.Pth;

/// <summary>
/// Reads what PyTorch's <c>torch.save</c> makes of a state dict, in its zip form and in the one before version 1.6. Such a file is a pickle, that is
/// a program; here it can build tensors and containers and nothing else, and whatever it names beyond that is refused.
/// </summary>
public static class PthFile
{
    /// <summary>Every tensor of a file by its path through dictionaries and lists, joined by dots: <c>0.weight</c>, <c>state_dict.0.weight</c>, <c>optimizer.state.0.momentum_buffer</c>.</summary>
    /// <returns>In the order of the file. Tensors may share memory, as they did in PyTorch.</returns>
    /// <exception cref="ModelException">The file is missing, unreadable, malformed, or holds anything but tensors, numbers, text and containers.</exception>
    public static IReadOnlyDictionary<string, TensorData> Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"cannot read {path}", e.Message, "check the path and its permissions", e);
        }
    }

    /// <summary>The same from a stream that knows its length and can seek.</summary>
    /// <param name="stream">From its beginning to its end.</param>
    /// <param name="origin">What errors call it.</param>
    /// <exception cref="ModelException">The content is malformed, or holds anything but tensors, numbers, text and containers.</exception>
    public static IReadOnlyDictionary<string, TensorData> Read(Stream stream, string origin)
    {
        Span<byte> first = stackalloc byte[LegacyPth.Magic.Length];
        var read = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (first.SequenceEqual(LegacyPth.Magic)) return LegacyPth.Read(stream, origin);
        if (first is [(byte)'P', (byte)'K', 3, 4, ..]) return ZipPth.Read(stream, origin);
        throw Malformed(origin, $"it begins with {Convert.ToHexString(first[..Math.Min(read, 4)])} at byte 0, expected 504B0304 (zip) or the magic number of PyTorch's older files");
    }

    internal static ModelException Malformed(string origin, string why, Exception? inner = null) =>
        new($"{origin} is damaged or no state dict of PyTorch", why, "save it again: torch.save(model.state_dict(), path)", inner);
}
