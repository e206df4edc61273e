using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Nin.Inference;
using Nin.Server.Pictures;

namespace Nin.Server.Tests;

/// <summary>Pictures in, labels out; whatever is no picture is told so.</summary>
public sealed class PredictTests(PredictTests.Shared shared) : IClassFixture<PredictTests.Shared>
{
    public sealed class Shared : IAsyncLifetime
    {
        internal TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await TestServer.Start(new() { MaxBodyBytes = 4 << 20, MaxPixels = 4_000_000 });

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_picture_as_body_gets_its_label()
    {
        var (status, document) = await Server.Post("/predict", TestServer.Picture("bag"), "image/png");
        Assert.Equal(200, status);
        Assert.Equal(TestServer.Model, document.GetProperty("model").GetString());
        var prediction = Assert.Single(document.GetProperty("predictions").EnumerateArray());
        using var classifier = Classifier.Load(TestServer.ShippedModel);
        var expected = classifier.Classify(Path.Combine(TestServer.Home, "samples", "bag.png"));
        Assert.Equal(("body", "Bag", expected.Index), (prediction.GetProperty("file").GetString(), prediction.GetProperty("label").GetString(), prediction.GetProperty("index").GetInt32()));
        Assert.Equal(expected.Probability, prediction.GetProperty("probability").GetSingle(), 1e-5f);
        Assert.Equal(expected.Top(5).Select(each => each.Label), prediction.GetProperty("topk").EnumerateArray().Select(each => each.GetProperty("label").GetString()));
        Assert.False(prediction.TryGetProperty("maps", out _));
        foreach (var part in new[] { "decode", "queue", "compute", "total" }) Assert.True(document.GetProperty("timing_ms").GetProperty(part).GetDouble() >= 0);
    }

    [Fact]
    public async Task A_form_may_hold_several_files()
    {
        using var form = new MultipartFormDataContent { { new StringContent("ignored"), "comment" } };
        foreach (var name in new[] { "trouser", "dress", "sandal" }) form.Add(new ByteArrayContent(TestServer.Picture(name)), "file", $"{name}.png");
        using var response = await Server.Http.PostAsync("/predict?topk=2", form);
        var predictions = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("predictions").EnumerateArray().ToArray();
        Assert.Equal(["trouser.png", "dress.png", "sandal.png"], predictions.Select(each => each.GetProperty("file").GetString()));
        Assert.Equal(["Trouser", "Dress", "Sandal"], predictions.Select(each => each.GetProperty("label").GetString()));
        Assert.All(predictions, each => Assert.Equal(2, each.GetProperty("topk").GetArrayLength()));
    }

    [Fact]
    public async Task Maps_say_where_the_evidence_lies()
    {
        var (_, document) = await Server.Post("/predict?maps=1", TestServer.Picture("bag"), "image/png");
        var prediction = document.GetProperty("predictions")[0];
        var maps = prediction.GetProperty("maps");
        var cells = maps.GetProperty("height").GetInt32() * maps.GetProperty("width").GetInt32();
        Assert.Equal([1, 28, 28], maps.GetProperty("input").EnumerateArray().Select(side => side.GetInt32()));
        var classes = maps.GetProperty("classes").EnumerateArray().ToArray();
        Assert.Equal(10, classes.Length);
        double Logit(int label) => classes[label].GetProperty("values").EnumerateArray().Average(value => value.GetDouble());
        Assert.All(classes, (each, index) => Assert.Equal((index, cells), (each.GetProperty("index").GetInt32(), each.GetProperty("values").GetArrayLength())));
        var margin = maps.GetProperty("margin").GetDouble();
        Assert.Equal(Logit(prediction.GetProperty("index").GetInt32()) - Logit(maps.GetProperty("runner_up").GetInt32()), margin, 1e-4);
        Assert.Equal(margin, maps.GetProperty("shares").EnumerateArray().Sum(share => share.GetDouble()), 1e-9);
        Assert.Equal(cells, maps.GetProperty("cells").GetArrayLength());
        foreach (var cell in maps.GetProperty("cells").EnumerateArray())
        {
            Assert.InRange(cell.GetProperty("x").GetDouble() + cell.GetProperty("width").GetDouble(), 1, 28);
            Assert.InRange(cell.GetProperty("y").GetDouble() + cell.GetProperty("height").GetDouble(), 1, 28);
        }
    }

    [Fact]
    public async Task Cells_are_in_pixels_of_the_picture_that_was_sent()
    {
        var (status, document) = await Server.Post("/predict?maps=1", Png(560, 280), "image/png");
        Assert.Equal(200, status);
        var cells = document.GetProperty("predictions")[0].GetProperty("maps").GetProperty("cells").EnumerateArray().ToArray();
        Assert.Equal(560, cells.Max(cell => cell.GetProperty("x").GetDouble() + cell.GetProperty("width").GetDouble()), 1.0);
        Assert.Equal(280, cells.Max(cell => cell.GetProperty("y").GetDouble() + cell.GetProperty("height").GetDouble()), 1.0);
    }

    [Theory]
    [InlineData("topk=0")]
    [InlineData("topk=many")]
    [InlineData("maps=maybe")]
    [InlineData("topk=5&mpas=1")]
    public async Task Queries_that_make_no_sense_are_400(string query) => Assert.Equal(400, (await Server.Post($"/predict?{query}", TestServer.Picture("bag"), "image/png")).Status);

    [Fact]
    public async Task An_unknown_model_is_404() => Assert.Equal(404, (await Server.Post("/predict?model=nobody", TestServer.Picture("bag"), "image/png")).Status);

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task Other_media_types_are_415(string? type)
    {
        var (status, problem) = await Server.Post("/predict", TestServer.Picture("bag"), type);
        Assert.Equal(415, status);
        Assert.Contains("image/*", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compressed_bodies_are_415()
    {
        using var content = new ByteArrayContent(new byte[100]);
        content.Headers.ContentType = new("image/png");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await Server.Http.PostAsync("/predict", content);
        Assert.Equal(415, (int)response.StatusCode);
    }

    [Fact]
    public async Task What_is_no_picture_is_422()
    {
        foreach (var body in new[] { Encoding.UTF8.GetBytes("<html>"), TestServer.Picture("bag")[..^100], [0xFF, 0xD8, 0xFF] })
        {
            var (status, problem) = await Server.Post("/predict", body, "image/png");
            Assert.Equal((422, "not a picture"), (status, problem.GetProperty("title").GetString()));
        }
        Assert.Equal(400, (await Server.Post("/predict", [], "image/png")).Status);
    }

    [Fact]
    public async Task Pictures_with_too_many_pixels_are_refused_before_they_are_decoded()
    {
        var bomb = Png(50_000, 50_000, withPixels: false);
        var before = GC.GetTotalAllocatedBytes();
        var (status, problem) = await Server.Post("/predict", bomb, "image/png");
        Assert.Equal(413, status);
        Assert.Contains("pixels", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16 << 20);
        Assert.Equal(413, (await Server.Post("/predict", Png(3000, 2000), "image/png")).Status);
        Assert.Equal(200, (await Server.Post("/predict", Png(2000, 1999), "image/png")).Status);
    }

    [Fact]
    public async Task Bodies_over_the_limit_are_413()
    {
        using var content = new ByteArrayContent(new byte[(4 << 20) + 1]);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predict") { Content = content };
        using var response = await Server.Http.SendAsync(request);
        Assert.Equal(413, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("multipart/form-data", "boundary")]
    [InlineData("multipart/form-data; boundary=\"\"", "boundary")]
    [InlineData("multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x", "boundary")]
    [InlineData("multipart/form-data; boundary=x", "form")]
    public async Task Bad_forms_are_400(string type, string expected)
    {
        var (status, problem) = await Server.Post("/predict", TestServer.Picture("bag"), type);
        Assert.Equal(400, status);
        Assert.Contains(expected, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nabc\r\n--x--\r\n", 400)]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc\r\n--x--\r\n", 422)]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc", 400)]
    [InlineData("--x\r\nno header\r\n\r\nabc\r\n--x--\r\n", 400)]
    [InlineData("--x--\r\n", 400)]
    [InlineData("", 400)]
    public async Task Forms_without_a_picture_are_refused(string form, int expected) =>
        Assert.Equal(expected, (await Server.Post("/predict", form, "multipart/form-data; boundary=x")).Status);

    [Fact]
    public async Task Forms_with_too_many_files_are_413()
    {
        using var form = new MultipartFormDataContent();
        for (var i = 0; i < 65; i++) form.Add(new ByteArrayContent(TestServer.Picture("bag")), "file", $"{i}.png");
        using var response = await Server.Http.PostAsync("/predict", form);
        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task Forms_with_too_many_parts_are_413()
    {
        var (status, problem) = await Server.Post("/predict", string.Concat(Enumerable.Repeat("--x\r\n\r\n\r\n", 100_000)), "multipart/form-data; boundary=x");
        Assert.Equal((413, "the form has more than 80 parts"), (status, problem.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Images_that_wait_take_of_the_memory_for_large_bodies()
    {
        // 40 images are 123 KiB as a tensor, in a form that is too small to be counted.
        await using var server = await TestServer.Start(new() { MaxHeldBytes = 150 << 10, MaxBatch = 256, MaxDelay = TimeSpan.FromSeconds(2) });
        var first = Ask(40);
        await server.UntilQueued(40);
        Assert.Equal(429, await Ask(40));
        Assert.Equal(200, await Ask(20));
        Assert.Equal(200, await first);
        Assert.Equal(200, await Ask(40));
        Assert.Equal(413, await Ask(64));

        async Task<int> Ask(int images)
        {
            using var form = new MultipartFormDataContent();
            for (var i = 0; i < images; i++) form.Add(new ByteArrayContent(TestServer.Picture("bag")), "file", $"{i}");
            using var response = await server.Http.PostAsync("/predict", form);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task Answers_take_of_the_memory_for_large_bodies()
    {
        // 20 images are too small to be counted, in a form, as bytes, and as a tensor; with class maps their answer is not.
        await using var server = await TestServer.Start(new() { MaxHeldBytes = 100 << 10 });
        foreach (var (path, status) in new[] { ("/predict", 200), ("/predict?maps=1", 413) })
        {
            using var form = new MultipartFormDataContent();
            for (var i = 0; i < 20; i++) form.Add(new ByteArrayContent(TestServer.Picture("bag")), "file", $"{i}");
            using var response = await server.Http.PostAsync(path, form);
            Assert.Equal(status, (int)response.StatusCode);
        }
        foreach (var (rest, status) in new[] { (""","outputs":[{"name":"logits"}]""", 200), ("", 413) })
        {
            var (body, jsonLength) = Tensors.Binary(Tensors.Noise(20, seed: 0), rest);
            Assert.Equal(status, (await server.Post(Tensors.InferPath, body, "application/octet-stream", ("Inference-Header-Content-Length", $"{jsonLength}"))).Status);
        }
    }

    [Fact]
    public async Task A_small_picture_does_not_wait_for_all_large_ones_before_it()
    {
        using var pictures = new PictureReader(new());
        using var classifier = Classifier.Load(TestServer.ShippedModel);
        var large = Png(2000, 1999);
        var before = Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => Read(large)).ToArray();
        await Read(Png(300, 300));
        Assert.Contains(before, read => !read.IsCompleted);
        await Task.WhenAll(before);
        Assert.Equal(0, pictures.Waiting);

        Task Read(byte[] file) => pictures.Read(new("a picture", file), classifier, new float[Tensors.Elements], CancellationToken.None).AsTask();
    }

    /// <summary>A black picture in grey, or no more than the beginning of one.</summary>
    private static byte[] Png(int width, int height, bool withPixels = true)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk("IHDR", header);
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
            for (var row = 0; row < (withPixels ? height : 1); row++) deflate.Write(new byte[width + 1]);
        Chunk("IDAT", data.ToArray());
        Chunk("IEND", []);
        return png.ToArray();

        void Chunk(string type, byte[] content)
        {
            byte[] named = [.. Encoding.ASCII.GetBytes(type), .. content];
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            png.Write(number);
            png.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(named));
            png.Write(number);
        }
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }
        return ~crc;
    }
}
