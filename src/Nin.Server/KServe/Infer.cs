using System.Globalization;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.KServe;

/// <summary><c>POST /v2/models/{name}/infer</c>: tensors in, tensors out.</summary>
internal sealed class Infer(ServerOptions options, BodyReader bodies)
{
    /// <summary>The header of the binary-tensor extension: how much of a body is JSON.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context, ServedModel served)
    {
        using var deadline = Deadline.Of(context, options.Timeout);
        using var use = served.Begin();
        var request = await Read(context, use.Model, deadline.Token);
        var answers = await use.Model.Batcher.Classify(request.Images, request.Count, deadline.Token);
        context.Features.Set(RequestFacts.Of(served.Name, answers));
        await InferWriter.Write(context, served.Name, request, answers is [var only] ? only.Predictions : [.. answers.SelectMany(answer => answer.Predictions)], deadline.Token);
    }

    private async Task<InferRequest> Read(HttpContext context, LoadedModel model, CancellationToken token)
    {
        using var body = await bodies.Read(context.Request, token);
        var reader = new InferReader(new(model.Classifier.Input, options.MaxImages, body.Bytes.Length), model.Outputs);
        return reader.Read(body.Bytes.Span, JsonLength(context.Request, body.Bytes.Length));
    }

    private static int JsonLength(HttpRequest request, int whole)
    {
        if (!request.Headers.TryGetValue(HeaderLength, out var typed)) return whole;
        return int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= whole ? length
            : throw RequestException.Bad($"{HeaderLength} is '{typed}'; the body has {whole} bytes");
    }
}
