using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Nin.Cli.Parsing;

namespace Nin.Cli.Benching;

/// <summary>Clients that ask one server as fast as it answers.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private readonly LoadOptions _options;
    private readonly HttpClient _http;
    private byte[][] _requests = [];

    /// <summary>Prepares clients; nothing is sent yet.</summary>
    public LoadGenerator(LoadOptions options)
    {
        _options = options;
        _http = new HttpClient { BaseAddress = options.Server, Timeout = TimeSpan.FromSeconds(10) };
        if (options.ApiKey is { } key) _http.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    /// <summary>Puts the server under load. May be called again.</summary>
    /// <param name="warmUp">Load before the measurement begins.</param>
    /// <exception cref="EnvironmentException">It cannot be reached, or is no server of nin.</exception>
    public async Task<LoadResult> Run(TimeSpan warmUp)
    {
        if (_requests.Length == 0) _requests = await Prepare();
        var begin = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var end = begin + (long)(_options.Duration.TotalSeconds * Stopwatch.Frequency);
        var clients = Enumerable.Range(0, _options.Clients).Select(client => Task.Factory.StartNew(() => Ask(client, begin, end), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        // Many clients take longer to start than a short warm-up.
        if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), begin) is var left && left > TimeSpan.Zero) await Task.Delay(left);
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
    public void Dispose() => _http.Dispose();

    private static double? Percentile(double[] sorted, double share) => sorted.Length == 0 ? null : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private async Task<byte[][]> Prepare()
    {
        try
        {
            var model = _options.Model ?? (await _http.GetFromJsonAsync<JsonElement>("/v2/models")).GetProperty("models")[0].GetProperty("name").GetString()!;
            if (_options.Route == LoadRoute.Predict) return LoadRequests.Pictures(_options, model);
            var metadata = await _http.GetFromJsonAsync<JsonElement>($"/v2/models/{Uri.EscapeDataString(model)}");
            return LoadRequests.Tensors(_options, model, [.. metadata.GetProperty("inputs")[0].GetProperty("shape").EnumerateArray().Skip(1).Select(side => side.GetInt32())]);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new EnvironmentException($"cannot ask {_options.Server}", e.Message, Remedy(e), e);
        }
    }

    private string Remedy(Exception error) => error switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => $"set {ServerKey.Variable} to the key that it asks for",
        HttpRequestException { StatusCode: HttpStatusCode.NotFound } when _options.Model is not null => $"see which models it has: {new Uri(_options.Server, "/v2/models")}",
        HttpRequestException { StatusCode: null } or TaskCanceledException => "start a server: nin serve",
        _ => "name a server of nin: nin serve prints its address",
    };

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

    private Tally Ask(int client, long begin, long end)
    {
        using var connection = new LoadConnection(_options.Server);
        var tally = new Tally([], []);
        for (var number = client; ; number++)
        {
            var start = Stopwatch.GetTimestamp();
            if (start >= end) return tally;
            var status = connection.Ask(_requests[number % _requests.Length]);
            var now = Stopwatch.GetTimestamp();
            if (now < begin || now >= end) continue;
            if (status == (int)HttpStatusCode.OK) tally.Milliseconds.Add(Stopwatch.GetElapsedTime(start, now).TotalMilliseconds);
            else tally.Errors.Add(status);
        }
    }

    private sealed record Tally(List<double> Milliseconds, List<int> Errors);
}
