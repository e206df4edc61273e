using System.Diagnostics;
using Nin.Architectures;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.Pictures;

/// <summary><c>POST /predict</c>: pictures in, labels out.</summary>
internal sealed class Predict(ModelSet models, ServerOptions options, BodyReader bodies, PictureReader pictures)
{
    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        var query = PredictQuery.Of(context.Request.Query);
        var served = query.Model is { } name ? models.Find(name) : models.All[0];
        using var deadline = Deadline.Of(context, options.Timeout);
        using var use = served.Begin();
        if (query.Maps && use.Model.Geometry is null) throw RequestException.Bad("this model has no class maps; leave maps out");
        using var body = await bodies.Read(context.Request, deadline.Token);
        var uploads = await Uploads.Of(context.Request.ContentType, body.Bytes, options.MaxImages);
        use.Model.Batcher.CheckRoom(uploads.Count);

        var elements = (int)use.Model.Classifier.Input.Elements;
        body.Hold((long)uploads.Count * elements * sizeof(float));

        var decoding = Stopwatch.GetTimestamp();
        var tensor = new float[uploads.Count * elements];
        var shapes = new Shape[uploads.Count];
        for (var i = 0; i < shapes.Length; i++) shapes[i] = await pictures.Read(uploads[i], use.Model.Classifier, tensor.AsMemory(i * elements, elements), deadline.Token);
        var decodeMs = Stopwatch.GetElapsedTime(decoding).TotalMilliseconds;

        var answers = await use.Model.Batcher.Classify(tensor, uploads.Count, deadline.Token);
        if (query.Maps) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var facts = RequestFacts.Of(served.Name, answers);
        context.Features.Set(facts);
        var predictions = answers.SelectMany(answer => answer.Predictions);
        var document = JsonAnswer.Bytes(new
        {
            model = served.Name,
            predictions = predictions.Select((prediction, i) => PredictionDocument.Of(uploads[i].Name, prediction, query.Top, query.Maps ? MapsDocument.Of(use.Model, prediction, shapes[i]) : null)),
            timing_ms = new { decode = decodeMs, queue = facts.QueueMs, compute = facts.ComputeMs, total = Stopwatch.GetElapsedTime(start).TotalMilliseconds },
        });
        body.Hold(document.Length);
        await JsonAnswer.Send(context, document, token: deadline.Token);
    }
}
