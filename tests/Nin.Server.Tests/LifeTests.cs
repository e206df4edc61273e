using System.Net;
using System.Text;

namespace Nin.Server.Tests;

/// <summary>A server's life: it starts, guards itself, takes on new models, and ends without losing an answer.</summary>
public sealed class LifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_that_is_none_is_told_at_the_start()
    {
        File.WriteAllText(_folder["broken.onnx"], "no model");
        await Assert.ThrowsAsync<ModelException>(() => TestServer.Start([new("broken", _folder["broken.onnx"])]));
        await Assert.ThrowsAsync<ModelException>(() => TestServer.Start([new("missing", _folder["missing.onnx"])]));
    }

    [Fact]
    public async Task Models_that_only_fail_in_use_are_told_and_leave_no_threads()
    {
        foreach (var damaged in Damaged)
        {
            File.WriteAllBytes(_folder["bad.onnx"], damaged());
            var error = await Assert.ThrowsAsync<ModelException>(() => TestServer.Start([new("bad", _folder["bad.onnx"])]));
            Assert.Contains("bad.onnx", error.Message, StringComparison.Ordinal);
        }
        if (OperatingSystem.IsLinux()) Assert.DoesNotContain("batches of bad\n", Directory.GetDirectories("/proc/self/task").Select(NameOf));

        static string NameOf(string thread)
        {
            try
            {
                return File.ReadAllText(Path.Combine(thread, "comm"));
            }
            catch (IOException)
            {
                return "gone meanwhile";
            }
        }
    }

    [Fact]
    public async Task After_a_bad_file_a_good_one_is_served()
    {
        var file = _folder["model.onnx"];
        File.Copy(TestServer.ShippedModel, file);
        await using var server = await TestServer.Start([new("m", file)], new() { ReloadEvery = TimeSpan.FromMilliseconds(20) });
        foreach (var (number, damaged) in Damaged.Index())
        {
            File.WriteAllBytes(file, damaged());
            await Task.Delay(300);
            Renamed(file, $"Ba{number}");
            await Until(async () => await Label(server) == $"Ba{number}");
        }
    }

    [Fact]
    public async Task Options_and_models_that_make_no_sense_are_refused()
    {
        ModelFile model = new("a", TestServer.ShippedModel);
        foreach (var options in new ServerOptions[] { new() { MaxBatch = 0 }, new() { Queue = 0 }, new() { MaxBodyBytes = 0 }, new() { Threads = -1 }, new() { ReloadEvery = TimeSpan.Zero }, new() { Timeout = TimeSpan.Zero } })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TestServer.Start([model], options));
        foreach (var models in new ModelFile[][] { [], [model, model] }) await Assert.ThrowsAsync<ArgumentException>(() => TestServer.Start(models));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var first = await TestServer.Start();
        var error = await Assert.ThrowsAsync<EnvironmentException>(() => NinServer.Start([new("a", TestServer.ShippedModel)], new() { Port = first.Server.Address.Port }));
        Assert.Contains("--port", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_before_a_model_is_warm_are_503()
    {
        var problem = Assert.Throws<Http.RequestException>(() => new Models.ServedModel(new("a", "a.onnx")).Begin());
        Assert.Equal((503, 1), (problem.Status, problem.RetryAfter));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_classified()
    {
        await using var server = await TestServer.Start(new() { ApiKey = "open sesame" });
        var picture = TestServer.Picture("bag");
        Assert.Equal(401, (await server.Post("/predict", picture)).Status);
        Assert.Equal(401, (await server.Post("/predict", picture, "image/png", ("X-API-Key", "open"))).Status);
        Assert.Equal(401, (await server.Post("/predict", picture, "image/png", ("Authorization", "Basic open sesame"))).Status);
        Assert.Equal(401, (await server.Get("/v2/models/fashion-mnist")).Status);
        Assert.Equal(401, (await server.Get("/metrics")).Status);
        Assert.Equal(200, (await server.Post("/predict", picture, "image/png", ("X-API-Key", "open sesame"))).Status);
        Assert.Equal(200, (await server.Post("/predict", picture, "image/png", ("Authorization", "Bearer open sesame"))).Status);
        foreach (var open in new[] { "/", "/v2", "/v2/health/live", "/v2/health/ready" }) Assert.Equal(200, (await server.Get(open)).Status);
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_load_nothing_from_elsewhere()
    {
        await using var server = await TestServer.Start();
        foreach (var path in new[] { "/", "/v2", "/metrics", "/nowhere", "/v2/models/nobody", "/openapi.json" })
        {
            using var response = await server.Http.GetAsync(path);
            Assert.StartsWith("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Several_models_answer_by_name()
    {
        var other = _folder["other.onnx"];
        Renamed(other, "Sac");
        await using var server = await TestServer.Start([new("first", TestServer.ShippedModel), new("second", other)]);
        var (_, list) = await server.Get("/v2/models");
        Assert.Equal(["first", "second"], list.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.Equal("first", (await server.Post("/predict", TestServer.Picture("bag"))).Document.GetProperty("model").GetString());
        var (_, chosen) = await server.Post("/predict?model=second", TestServer.Picture("bag"));
        Assert.Equal(("second", "Sac"), (chosen.GetProperty("model").GetString(), chosen.GetProperty("predictions")[0].GetProperty("label").GetString()));
    }

    [Fact]
    public async Task A_replaced_file_is_served_and_a_bad_one_is_refused()
    {
        var file = _folder["model.onnx"];
        File.Copy(TestServer.ShippedModel, file);
        await using var server = await TestServer.Start([new("m", file)], new() { ReloadEvery = TimeSpan.FromMilliseconds(20) });
        using var stop = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var labels = new List<string>();
            while (!stop.IsCancellationRequested)
            {
                var (status, document) = await server.Post("/predict", TestServer.Picture("bag"));
                Assert.Equal(200, status);
                labels.Add(document.GetProperty("predictions")[0].GetProperty("label").GetString()!);
            }
            return labels;
        })).ToArray();

        Renamed(_folder["next.onnx"], "Sac");
        File.Move(_folder["next.onnx"], file, overwrite: true);
        await Until(async () => await Label(server) == "Sac");
        File.WriteAllText(file, "no model at all");
        await Task.Delay(300);
        Assert.Equal("Sac", await Label(server));
        File.Delete(file);
        await Task.Delay(100);
        Assert.Equal("Sac", await Label(server));
        Renamed(file, "Bug");
        await Until(async () => await Label(server) == "Bug");

        await stop.CancelAsync();
        foreach (var labels in await Task.WhenAll(asking)) Assert.All(labels, label => Assert.Contains(label, new[] { "Bag", "Sac", "Bug" }));
        var metrics = await server.Http.GetStringAsync("/metrics");
        Assert.Single(metrics.Split('\n'), line => line.StartsWith("nin_model_info{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_under_way_are_answered_before_the_end()
    {
        await using var server = await TestServer.Start(new() { MaxDelay = TimeSpan.FromSeconds(3), MaxBatch = 64 });
        var asked = Enumerable.Range(0, 8).Select(_ => server.Post("/predict", TestServer.Picture("bag"))).ToArray();
        await server.UntilQueued(8);
        await server.Server.Stop();
        foreach (var (status, _) in await Task.WhenAll(asked)) Assert.Equal(200, status);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Http.GetAsync("/v2/health/live"));
    }

    [Fact]
    public async Task While_it_drains_it_answers_but_is_not_ready()
    {
        await using var server = await TestServer.Start(new() { DrainDelay = TimeSpan.FromSeconds(3) });
        await server.Post("/predict", TestServer.Picture("bag"));
        var stopping = server.Server.Stop();
        Assert.Equal(503, (await server.Get("/v2/health/ready")).Status);
        Assert.Equal(200, (await server.Get("/v2/health/live")).Status);
        Assert.Equal(200, (await server.Post("/predict", TestServer.Picture("bag"))).Status);
        await stopping;
    }

    [Fact]
    public async Task A_full_queue_is_429_and_a_late_answer_504()
    {
        await using var server = await TestServer.Start(new() { MaxDelay = TimeSpan.FromSeconds(30), Queue = 2, Timeout = TimeSpan.FromSeconds(3) });
        var waiting = Enumerable.Range(0, 2).Select(_ => server.Post("/predict", TestServer.Picture("bag"))).ToArray();
        await server.UntilQueued(2);
        using var refused = await server.Http.PostAsync("/predict", new ByteArrayContent(TestServer.Picture("bag")) { Headers = { ContentType = new("image/png") } });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(1, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        // A request that has no place is not even parsed.
        Assert.Equal(429, (await server.Post(Tensors.InferPath, "no JSON")).Status);
        foreach (var (status, problem) in await Task.WhenAll(waiting))
        {
            Assert.Equal(504, status);
            Assert.Contains("after 3 s", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_no_queue_would_ever_take_is_413()
    {
        await using var server = await TestServer.Start(new() { Queue = 2 });
        var (status, problem) = await server.Post(Tensors.InferPath, Tensors.Json(Tensors.Noise(3, seed: 0)));
        Assert.Equal((413, "the request has 3 images; 2 may wait for the model"), (status, problem.GetProperty("detail").GetString()));
        Assert.Equal(200, (await server.Post(Tensors.InferPath, Tensors.Json(Tensors.Noise(2, seed: 0)))).Status);
    }

    [Fact]
    public async Task Metrics_count_what_happened()
    {
        await using var server = await TestServer.Start();
        await server.Post("/predict", TestServer.Picture("bag"));
        await server.Post("/predict", TestServer.Picture("bag"));
        await server.Post("/predict", Encoding.UTF8.GetBytes("no picture"));
        var lines = (await server.Http.GetStringAsync("/metrics")).Split('\n');
        Assert.Contains("nin_inference_requests_total{outcome=\"ok\"} 2", lines);
        Assert.Contains("nin_inference_requests_total{outcome=\"undecodable\"} 1", lines);
        Assert.Contains("nin_inference_images_total 2", lines);
        Assert.Contains("nin_predictions_total{label=\"Bag\"} 2", lines);
        foreach (var histogram in new[] { "nin_inference_queue_seconds", "nin_inference_compute_seconds", "nin_inference_batch_size" }) Assert.Contains($"{histogram}_count 2", lines);
        Assert.Contains(lines, line => line.StartsWith("nin_model_info{name=\"fashion-mnist\",sha256=\"", StringComparison.Ordinal) && line.EndsWith("} 1", StringComparison.Ordinal));
        Assert.Contains("nin_inference_queue_images{name=\"fashion-mnist\"} 0", lines);
        Assert.Contains("nin_inference_queue_pictures 0", lines);
    }

    private static Func<byte[]>[] Damaged => [DamagedModels.NamesThatAreNoList, DamagedModels.NoArchitecture, DamagedModels.OneImageAtATime, DamagedModels.NoClassMaps];

    private static async Task<string> Label(TestServer server) => (await server.Post("/predict", TestServer.Picture("bag"))).Document.GetProperty("predictions")[0].GetProperty("label").GetString()!;

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 500; tries++)
        {
            if (await condition()) return;
            await Task.Delay(20);
        }
        Assert.Fail("it did not happen");
    }

    /// <summary>The model that ships, with another name for bags.</summary>
    private static void Renamed(string path, string bag)
    {
        var bytes = File.ReadAllBytes(TestServer.ShippedModel);
        Encoding.ASCII.GetBytes($"\"{bag}\"").CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("\"Bag\""u8)));
        File.WriteAllBytes(path, bytes);
    }
}
