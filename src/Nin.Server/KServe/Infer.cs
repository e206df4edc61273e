using System.Globalization;
using Nin.Server.Http;
using Nin.Server.Models;

namespace Nin.Server.KServe;

/// <summary><c>POST /v2/models/{name}/infer</c>: tensors in, tensors out.</summary>
internal sealed class Infer(ServerOptions options, BodyReader bodies)
{
    /// <summary>The header of the binary-tensor extension: how much of a body is JSON.</summary>
    public const string HeaderLength = "Inference-Header-Content-Length";

    /// <summary>Images whose answer takes no time to write.</summary>
    private const int FewImages = 8;

    /// <summary>Answers a request.</summary>
    public async Task Answer(HttpContext context, ServedModel served)
    {
        using var deadline = Deadline.Of(context, options.Timeout);
        using var use = served.Begin();
        using var body = await bodies.Read(context.Request, deadline.Token);
        var batcher = use.Model.Batcher;
        batcher.CheckRoom(1);
        var reader = new InferReader(new(use.Model.Classifier.Input, options.MaxImages, body.Bytes.Length), use.Model.Outputs);
        var request = reader.Read(body.Bytes.Span, JsonLength(context.Request, body.Bytes.Length));
        body.Hold((long)request.Images.Length * sizeof(float));

        var answers = await batcher.Classify(request.Images, request.Count, deadline.Token);
        if (request.Count > FewImages) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        context.Features.Set(RequestFacts.Of(served.Name, answers));
        var (answer, jsonLength) = InferWriter.Write(served.Name, request, answers is [var only] ? only.Predictions : [.. answers.SelectMany(part => part.Predictions)]);
        body.Hold(answer.Length);
        var headers = context.Response.Headers;
        var isBinary = jsonLength < answer.Length;
        if (isBinary) headers[HeaderLength] = jsonLength.ToString(CultureInfo.InvariantCulture);
        headers.ContentType = isBinary ? "application/octet-stream" : "application/json";
        headers.ContentLength = answer.Length;
        await context.Response.Send(answer, deadline.Token);
    }

    private static int JsonLength(HttpRequest request, int whole)
    {
        if (!request.Headers.TryGetValue(HeaderLength, out var typed)) return whole;
        return int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= whole ? length
            : throw RequestException.Bad($"{HeaderLength} is '{typed}'; the body has {whole} bytes");
    }
}
