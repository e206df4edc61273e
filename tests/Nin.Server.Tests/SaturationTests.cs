using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Nin.Inference;

namespace Nin.Server.Tests;

/// <summary>
/// More clients than the server can serve at once: every answer is the right one, for the right image, and memory stays flat. NIN_SOAK_SECONDS and
/// NIN_SOAK_CLIENTS make it longer and harder; tests/soak/serve sets them.
/// </summary>
public sealed class SaturationTests(ITestOutputHelper output)
{
    private const int Images = 256;
    private static readonly int Seconds = Setting("NIN_SOAK_SECONDS", 20), Clients = Setting("NIN_SOAK_CLIENTS", 64);

    [Fact]
    public async Task No_answer_is_lost_or_mixed_up()
    {
        var bodies = Enumerable.Range(0, Images).Select(seed => Tensors.Binary(Tensors.Noise(1 + seed % 3, seed))).ToArray();
        var expected = Offline();
        await using var server = await TestServer.Start(new() { Queue = 48 });
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = server.Server.Address };
        var clock = Stopwatch.StartNew();
        var tallies = Enumerable.Range(0, Clients).Select(client => Task.Run(() => Ask(http, client, bodies, expected, clock))).ToArray();

        await Task.Delay(TimeSpan.FromSeconds(Seconds / 4.0));
        var early = Memory();
        var statuses = (await Task.WhenAll(tallies)).SelectMany(tally => tally).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
        var late = Memory();

        output.WriteLine($"{Clients} clients, {Seconds} s: {string.Join(", ", statuses.Select(pair => $"{pair.Value:#,0} x {pair.Key}"))}; memory {early >> 20} MiB after a quarter of the time, {late >> 20} MiB at the end");
        Assert.All(statuses.Keys, status => Assert.Contains(status, new[] { 200, 429, 503 }));
        Assert.True(statuses[200] > 100 * Seconds, $"{statuses[200]} answers");
        Assert.InRange(late - early, long.MinValue, 64 << 20);
    }

    private static async Task<Dictionary<int, long>> Ask(HttpClient http, int client, (byte[] Body, int JsonLength)[] bodies, float[][] expected, Stopwatch clock)
    {
        var statuses = new Dictionary<int, long>();
        for (var number = client; clock.Elapsed.TotalSeconds < Seconds; number++)
        {
            var which = number % bodies.Length;
            using var request = new HttpRequestMessage(HttpMethod.Post, Tensors.InferPath) { Content = new ByteArrayContent(bodies[which].Body) };
            request.Headers.TryAddWithoutValidation("Inference-Header-Content-Length", bodies[which].JsonLength.ToString(CultureInfo.InvariantCulture));
            using var response = await http.SendAsync(request);
            var status = (int)response.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            if (status != 200) continue;
            var answer = await response.Content.ReadAsByteArrayAsync();
            var header = int.Parse(response.Headers.GetValues("Inference-Header-Content-Length").Single(), CultureInfo.InvariantCulture);
            Check(expected[which], answer.AsSpan(header));
        }
        return statuses;
    }

    private static void Check(float[] expected, ReadOnlySpan<byte> answer)
    {
        var actual = MemoryMarshal.Cast<byte, float>(answer);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) < 1e-4f, $"value {i} is {actual[i]}, offline it is {expected[i]}");
    }

    private static float[][] Offline()
    {
        using var classifier = Classifier.Load(TestServer.ShippedModel);
        return [.. Enumerable.Range(0, Images).Select(seed => classifier.Classify(Tensors.Noise(1 + seed % 3, seed), 1 + seed % 3).SelectMany(prediction => prediction.Probabilities.ToArray()).ToArray())];
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
