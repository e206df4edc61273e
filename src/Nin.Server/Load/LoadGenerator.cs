using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Nin.Server.Load;

/// <summary>Clients that ask one server as fast as it answers.</summary>
public sealed class LoadGenerator : IDisposable
{
    private readonly LoadOptions _options;
    private readonly HttpClient _http;
    private readonly HttpMessageInvoker _invoker;

    /// <summary>Prepares clients; nothing is sent yet.</summary>
    public LoadGenerator(LoadOptions options)
    {
        _options = options;
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) };
        _http = new HttpClient(handler, disposeHandler: false) { BaseAddress = options.Server, Timeout = TimeSpan.FromSeconds(10) };
        if (options.ApiKey is { } key) _http.DefaultRequestHeaders.Add("X-API-Key", key);
        _invoker = new(handler);
    }

    /// <summary>Puts the server under load.</summary>
    /// <exception cref="EnvironmentException">It cannot be reached, or is no server of nin.</exception>
    public async Task<LoadResult> Run()
    {
        var requests = await Prepare();
        var begin = Stopwatch.GetTimestamp() + (long)(_options.WarmUp.TotalSeconds * Stopwatch.Frequency);
        var end = begin + (long)(_options.Duration.TotalSeconds * Stopwatch.Frequency);
        var clients = Enumerable.Range(0, _options.Clients).Select(client => Task.Run(() => Ask(requests, client, begin, end))).ToArray();
        await Task.Delay(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), begin));
        var before = await Batches();
        var tallies = await Task.WhenAll(clients);
        var after = await Batches();

        var latencies = tallies.SelectMany(tally => tally.Milliseconds).Order().ToArray();
        return new()
        {
            Route = _options.Route,
            Clients = _options.Clients,
            Images = _options.Images,
            Seconds = _options.Duration.TotalSeconds,
            Requests = latencies.Length,
            Errors = tallies.SelectMany(tally => tally.Errors).GroupBy(error => error).ToImmutableSortedDictionary(group => group.Key, group => (long)group.Count()),
            P50Ms = Percentile(latencies, 0.50),
            P95Ms = Percentile(latencies, 0.95),
            P99Ms = Percentile(latencies, 0.99),
            MeanBatch = before is { } b && after is { } a && a.Count > b.Count ? (a.Sum - b.Sum) / (a.Count - b.Count) : null,
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        _invoker.Dispose();
    }

    private static double Percentile(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private async Task<LoadRequests> Prepare()
    {
        try
        {
            var model = _options.Model ?? (await _http.GetFromJsonAsync<JsonElement>("/v2/models")).GetProperty("models")[0].GetProperty("name").GetString()!;
            if (_options.Route == LoadRoute.Predict) return LoadRequests.Pictures(model, _options.Pictures, _options.Images);
            var metadata = await _http.GetFromJsonAsync<JsonElement>($"/v2/models/{Uri.EscapeDataString(model)}");
            return LoadRequests.Tensors(model, [.. metadata.GetProperty("inputs")[0].GetProperty("shape").EnumerateArray().Skip(1).Select(side => side.GetInt32())], _options.Images);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
        {
            throw new EnvironmentException($"cannot ask {_options.Server}", e.Message, "start a server: nin serve", e);
        }
    }

    private async Task<(double Sum, double Count)?> Batches()
    {
        try
        {
            var lines = (await _http.GetStringAsync("/metrics")).Split('\n');
            return (Value("nin_inference_batch_size_sum "), Value("nin_inference_batch_size_count "));

            double Value(string name) => double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<Tally> Ask(LoadRequests requests, int client, long begin, long end)
    {
        var tally = new Tally([], []);
        var address = new Uri(_options.Server, requests.Path);
        for (var number = client; ; number++)
        {
            var start = Stopwatch.GetTimestamp();
            if (start >= end) return tally;
            var status = await Send(requests, address, requests.Bodies[number % requests.Bodies.Count]);
            var now = Stopwatch.GetTimestamp();
            if (now < begin || now >= end) continue;
            if (status == 200) tally.Milliseconds.Add(Stopwatch.GetElapsedTime(start, now).TotalMilliseconds);
            else tally.Errors.Add(status);
        }
    }

    private async Task<int> Send(LoadRequests requests, Uri address, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(requests.ContentType);
        if (requests.JsonLength is { } length) request.Headers.TryAddWithoutValidation("Inference-Header-Content-Length", length.ToString(CultureInfo.InvariantCulture));
        if (_options.ApiKey is { } key) request.Headers.TryAddWithoutValidation("X-API-Key", key);
        try
        {
            using var response = await _invoker.SendAsync(request, CancellationToken.None);
            await response.Content.CopyToAsync(Stream.Null);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private sealed record Tally(List<double> Milliseconds, List<int> Errors);
}
