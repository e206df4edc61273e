using System.Diagnostics;
using Nin.Images;
using Nin.Inference;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.Pictures;

/// <summary><c>POST /predict</c>: pictures in, labels out.</summary>
internal sealed class Predict(ModelSet models, ServerOptions options)
{
    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context)
    {
        var query = PredictQuery.Of(context.Request.Query);
        var start = Stopwatch.GetTimestamp();
        var model = query.Model is { } name ? models.Find(name) : models.All[0];
        using var deadline = Deadline.Of(context, options.Timeout);
        using var body = await RequestBody.Read(context.Request, deadline.Token);
        var uploads = await Uploads.Of(context.Request.ContentType, body.Bytes, options.MaxImages, deadline.Token);

        var loaded = model.Current;
        var decoding = Stopwatch.GetTimestamp();
        var elements = (int)loaded.Classifier.Input.Elements;
        var tensor = new float[uploads.Count * elements];
        var shapes = uploads.Select((upload, i) => Decode(upload, loaded.Classifier, tensor.AsSpan(i * elements, elements))).ToArray();
        var decoded = Stopwatch.GetElapsedTime(decoding);
        var answers = await loaded.Batcher.Classify(tensor, uploads.Count, deadline.Token);

        var predictions = answers.SelectMany(answer => answer.Predictions).ToArray();
        await JsonAnswer.Write(context, new
        {
            model = model.Name,
            predictions = predictions.Select((prediction, i) => PredictionDocument.Of(uploads[i].Name, prediction, query.Top, query.Maps ? MapsDocument.Of(loaded, prediction, shapes[i]) : null)),
            timing_ms = new
            {
                decode = decoded.TotalMilliseconds,
                queue = answers.Max(answer => answer.Queued.TotalMilliseconds),
                compute = answers.Max(answer => answer.Computed.TotalMilliseconds),
                total = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            },
        });
    }

    private Architectures.Shape Decode(Upload upload, Classifier classifier, Span<float> target)
    {
        try
        {
            var image = ImageDecoder.Decode(upload.Bytes.Span, classifier.Input.Channels, upload.Name, new(options.MaxBodyBytes, options.MaxPixels));
            classifier.Prepare(image, target);
            return image.Shape;
        }
        catch (ImageException e) when (e.Fault == ImageFault.TooLarge)
        {
            throw RequestException.TooLarge($"{e.Message}: {e.Why}");
        }
        catch (ImageException e)
        {
            throw RequestException.Undecodable($"{e.Message}: {e.Why}");
        }
    }
}
