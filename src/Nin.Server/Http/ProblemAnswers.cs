using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Nin.Json;

namespace Nin.Server.Http;

/// <summary>Sees every request to its end: whatever goes wrong becomes a problem document (RFC 9457), and what came of it is counted and logged.</summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ServerOptions options, ServerMetrics metrics, ILogger<ProblemAnswers> log)
{
    /// <summary>Answers a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        RequestException? problem;
        try
        {
            await next(context);
            problem = context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null } ? OfStatus(context) : null;
        }
        catch (RequestException told)
        {
            problem = told;
        }
        catch (BadHttpRequestException bad)
        {
            problem = new(bad.StatusCode, "bad request", bad.Message);
        }
        // Who reads a body hears of a reset before the request is said to be aborted.
        catch (Exception e) when (e is ConnectionResetException || (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested))
        {
            problem = new(StatusCodes.Status499ClientClosedRequest, "cancelled", "the client went away");
        }
        catch (OperationCanceledException)
        {
            problem = new(StatusCodes.Status504GatewayTimeout, "too slow", $"there was no answer after {options.Timeout.TotalSeconds:0.#} s");
        }
#pragma warning disable CA1031 // The one place where a fault of ours becomes an answer.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Failed(log, context.Request.Path, fault);
            problem = new(StatusCodes.Status500InternalServerError, "internal error", "this is a fault of the server; its log says more");
        }
        if (problem is not null) await Write(context, problem);
        var status = problem?.Status ?? context.Response.StatusCode;
        if (context.GetEndpoint()?.Metadata.GetMetadata<Classifies>() is not null) metrics.Answered(Outcome.Of(status));
        if (options.LogRequests) Log(context, status, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        if (status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status429TooManyRequests) await Drain(context);
    }

    private void Log(HttpContext context, int status, double ms)
    {
        var request = context.Request;
        if (context.Features.Get<RequestFacts>() is { } facts) Classified(log, request.Method, request.Path, status, ms, facts.Model, facts.Images, facts.Batch, facts.QueueMs, facts.ComputeMs);
        else Answered(log, request.Method, request.Path, status, ms);
    }

    /// <summary>Reads what a client still sends that was refused: most read their answer after that, and would hear of a reset instead. Kestrel does so for five seconds only.</summary>
    private async Task Drain(HttpContext context)
    {
        using var deadline = Deadline.Of(context, options.Timeout);
        var body = context.Request.BodyReader;
        try
        {
            for (var isWhole = false; !isWhole;)
            {
                var result = await body.ReadAsync(deadline.Token);
                // Off the socket's thread: who sends without end must not keep it from others.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                isWhole = result.IsCompleted;
                body.AdvanceTo(result.Buffer.End);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It has its answer and went away, or sends for ever.
        }
    }

    private static RequestException OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => RequestException.NotFound($"there is nothing at {context.Request.Path}"),
        StatusCodes.Status405MethodNotAllowed => new(StatusCodes.Status405MethodNotAllowed, "method not allowed", $"{context.Request.Path} takes {context.Response.Headers.Allow}, not {context.Request.Method}"),
        var status => new(status, "bad request", "the request was not understood"),
    };

    private static async Task Write(HttpContext context, RequestException problem)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } seconds) response.Headers.RetryAfter = $"{seconds}";
        if (problem.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        // KServe's clients read the message from "error".
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type = "about:blank", title = problem.Title, status = problem.Status, detail = problem.Message, error = problem.Message }, NinJson.Line);
        response.ContentType = "application/problem+json";
        response.ContentLength = body.Length;
        await response.Send(body);
    }

    [LoggerMessage(LogLevel.Error, "{path} failed")]
    private static partial void Failed(ILogger log, PathString path, Exception fault);

    [LoggerMessage(LogLevel.Information, "{method} {path} {status} {ms:0.0} ms")]
    private static partial void Answered(ILogger log, string method, PathString path, int status, double ms);

    [LoggerMessage(LogLevel.Information, "{method} {path} {status} {ms:0.0} ms (model {model}, images {images}, batch {batch}, queue {queueMs:0.0} ms, compute {computeMs:0.0} ms)")]
    private static partial void Classified(ILogger log, string method, PathString path, int status, double ms, string model, int images, int batch, double queueMs, double computeMs);
}
