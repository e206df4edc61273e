using System.Text.Json;
using Nin.Json;

namespace Nin.Server.Http;

/// <summary>Turns whatever goes wrong into a problem document (RFC 9457); <c>error</c> repeats its detail, as KServe has it.</summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ServerMetrics metrics, ILogger<ProblemAnswers> log)
{
    /// <summary>Answers a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null }) await Write(context, OfStatus(context));
        }
        catch (RequestException problem)
        {
            await Write(context, problem);
        }
        catch (BadHttpRequestException bad)
        {
            await Write(context, new(bad.StatusCode, "bad request", bad.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
#pragma warning disable CA1031 // The one place where a fault of ours becomes an answer.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Failed(log, context.Request.Path, fault);
            await Write(context, new(StatusCodes.Status500InternalServerError, "internal error", "this is a fault of the server; its log says more"));
        }
        if (context.GetEndpoint()?.Metadata.GetMetadata<Classifies>() is not null) metrics.Answered(Outcome.Of(context.Response.StatusCode));
    }

    private static RequestException OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => RequestException.NotFound($"there is nothing at {context.Request.Path}"),
        StatusCodes.Status405MethodNotAllowed => new(405, "method not allowed", $"{context.Request.Path} does not answer {context.Request.Method}; it answers {context.Response.Headers.Allow}"),
        var status => new(status, "bad request", $"status {status}"),
    };

    private static async Task Write(HttpContext context, RequestException problem)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type = "about:blank", title = problem.Title, status = problem.Status, detail = problem.Message, error = problem.Message }, NinJson.Line);
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    [LoggerMessage(LogLevel.Error, "{path} failed")]
    private static partial void Failed(ILogger log, PathString path, Exception fault);
}
