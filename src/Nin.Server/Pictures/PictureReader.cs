using Nin.Architectures;
using Nin.Images;
using Nin.Inference;
using Nin.Server.Http;

namespace Nin.Server.Pictures;

/// <summary>
/// Decodes pictures for a model: tiny ones at once, others on the thread pool and in turns, so that they take neither all memory nor all cores from tiny ones
/// and from answers. Large ones have a queue of their own: of those before it, a small one waits for one or two.
/// </summary>
internal sealed class PictureReader(ServerOptions options) : IDisposable
{
    private const long TinyPixels = 1 << 14, SmallPixels = 1_000_000;
    private static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly ImageLimits _limits = new(options.MaxBodyBytes, options.MaxPixels);
    private readonly Turns _all = new(AtOnce, options.Queue), _large = new(AtOnce, options.Queue);

    /// <summary>Pictures that wait to be decoded.</summary>
    public int Waiting => _all.Waiting + _large.Waiting;

    /// <summary>Decodes a picture.</summary>
    /// <param name="upload">The picture.</param>
    /// <param name="classifier">The model that it is for.</param>
    /// <param name="target">[C, H, W] of the model.</param>
    /// <param name="token">Ends the wait for a turn.</param>
    /// <returns>[C, H, W] of the picture, upright.</returns>
    /// <exception cref="RequestException">It is no picture, too large or damaged, or too many wait already.</exception>
    public async ValueTask<Shape> Read(Upload upload, Classifier classifier, Memory<float> target, CancellationToken token)
    {
        try
        {
            var header = ImageDecoder.ReadHeader(upload.Bytes.Span, upload.Name, _limits);
            var pixels = (long)header.Width * header.Height;
            if (pixels <= TinyPixels) return Decode(upload, classifier, target.Span);
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            using var amongLarge = pixels > SmallPixels ? await _large.Take(token) : null;
            using var turn = await _all.Take(token);
            return Decode(upload, classifier, target.Span);
        }
        catch (ImageException e)
        {
            throw e.Fault == ImageFault.TooLarge ? RequestException.TooLarge($"{e.Message}: {e.Why}") : RequestException.Undecodable($"{e.Message}: {e.Why}");
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _all.Dispose();
        _large.Dispose();
    }

    private Shape Decode(Upload upload, Classifier classifier, Span<float> target)
    {
        var image = ImageDecoder.Decode(upload.Bytes.Span, classifier.Input.Channels, upload.Name, _limits);
        classifier.Prepare(image, target);
        return image.Shape;
    }
}
