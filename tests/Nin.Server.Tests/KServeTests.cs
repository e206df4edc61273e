using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Nin.Inference;

namespace Nin.Server.Tests;

/// <summary>The KServe v2 protocol, field by field: https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol.</summary>
public sealed class KServeTests(KServeTests.Shared shared) : IClassFixture<KServeTests.Shared>
{
    public sealed class Shared : IAsyncLifetime
    {
        internal TestServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await TestServer.Start();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    private TestServer Server => shared.Server;

    [Fact]
    public async Task Server_metadata()
    {
        var (status, document) = await Server.Get("/v2");
        Assert.Equal(200, status);
        Assert.Equal("nin", document.GetProperty("name").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", document.GetProperty("version").GetString());
        Assert.Equal(["binary_tensor_data"], Strings(document.GetProperty("extensions")));
    }

    [Fact]
    public async Task Health()
    {
        Assert.True((await Server.Get("/v2/health/live")).Document.GetProperty("live").GetBoolean());
        Assert.True((await Server.Get("/v2/health/ready")).Document.GetProperty("ready").GetBoolean());
        var (status, model) = await Server.Get($"/v2/models/{TestServer.Model}/ready");
        Assert.Equal((200, TestServer.Model, true), (status, model.GetProperty("name").GetString(), model.GetProperty("ready").GetBoolean()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/versions/1")]
    public async Task Model_metadata(string version)
    {
        var (status, document) = await Server.Get($"/v2/models/{TestServer.Model}{version}");
        Assert.Equal(200, status);
        Assert.Equal(TestServer.Model, document.GetProperty("name").GetString());
        Assert.Equal(["1"], Strings(document.GetProperty("versions")));
        Assert.Equal("onnxruntime_onnx", document.GetProperty("platform").GetString());
        Assert.Equal([("images", "FP32", "-1,1,28,28")], document.GetProperty("inputs").EnumerateArray().Select(Tensor));
        Assert.Equal([("logits", "FP32", "-1,10"), ("probabilities", "FP32", "-1,10"), ("class_maps", "FP32", "-1,10,7,7")], document.GetProperty("outputs").EnumerateArray().Select(Tensor));
        var parameters = document.GetProperty("parameters");
        Assert.Equal("Trouser", parameters.GetProperty("label_names")[1].GetString());
        Assert.Equal([1, 28, 28], parameters.GetProperty("input_size").EnumerateArray().Select(side => side.GetInt32()));
        Assert.Equal("fashion-mnist", parameters.GetProperty("dataset").GetString());
        Assert.InRange(parameters.GetProperty("test_accuracy").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task Inference_in_JSON_gives_every_output_and_the_id()
    {
        var images = Tensors.Noise(2, seed: 1);
        var (status, document) = await Server.Post(Tensors.InferPath, Tensors.Json(images, ""","id":"a-1" """));
        Assert.Equal(200, status);
        Assert.Equal((TestServer.Model, "1", "a-1"), (document.GetProperty("model_name").GetString(), document.GetProperty("model_version").GetString(), document.GetProperty("id").GetString()));
        Assert.Equal([("logits", "FP32", "2,10"), ("probabilities", "FP32", "2,10"), ("class_maps", "FP32", "2,10,7,7")], document.GetProperty("outputs").EnumerateArray().Select(Tensor));
        using var classifier = Classifier.Load(TestServer.ShippedModel);
        var expected = classifier.Classify(images, 2);
        Close([.. expected.SelectMany(each => each.Logits.ToArray())], Floats(document.GetProperty("outputs")[0].GetProperty("data")));
        Close([.. expected.SelectMany(each => each.Probabilities.ToArray())], Floats(document.GetProperty("outputs")[1].GetProperty("data")));
        Close([.. expected.SelectMany(each => each.Maps!.Values.ToArray())], Floats(document.GetProperty("outputs")[2].GetProperty("data")));
    }

    [Fact]
    public async Task Data_may_be_nested_and_only_wanted_outputs_come()
    {
        var images = Tensors.Noise(1, seed: 2);
        var rows = string.Join(',', images.Chunk(28).Select(row => $"[{string.Join(',', row)}]"));
        var (status, nested) = await Server.Post(Tensors.InferPath, $$"""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":[[[{{rows}}]]]}],"outputs":[{"name":"probabilities"}]}""");
        Assert.Equal(200, status);
        var (_, flat) = await Server.Post($"/v2/models/{TestServer.Model}/versions/1/infer", Tensors.Json(images, ""","outputs":[{"name":"probabilities"}]"""));
        Assert.Equal("probabilities", Assert.Single(nested.GetProperty("outputs").EnumerateArray()).GetProperty("name").GetString());
        Close(Floats(flat.GetProperty("outputs")[0].GetProperty("data")), Floats(nested.GetProperty("outputs")[0].GetProperty("data")));
        Assert.False(nested.TryGetProperty("id", out _));
    }

    [Theory]
    [InlineData(""","outputs":[{"name":"logits","parameters":{"binary_data":true}},{"name":"probabilities","parameters":{"binary_data":true}}]""", 2 * 10, 2 * 10)]
    [InlineData(""","parameters":{"binary_data_output":true}""", 2 * 10, 2 * 10, 2 * 490)]
    public async Task Binary_tensors_in_and_out(string rest, params int[] lengths)
    {
        var images = Tensors.Noise(2, seed: 3);
        var (body, jsonLength) = Tensors.Binary(images, rest);
        using var request = new HttpRequestMessage(HttpMethod.Post, Tensors.InferPath) { Content = new ByteArrayContent(body) };
        request.Headers.Add("Inference-Header-Content-Length", $"{jsonLength}");
        using var response = await Server.Http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        var header = int.Parse(Assert.Single(response.Headers.GetValues("Inference-Header-Content-Length")));
        var outputs = JsonDocument.Parse(answer.AsMemory(0, header)).RootElement.GetProperty("outputs").EnumerateArray().ToArray();
        Assert.Equal(lengths.Select(length => length * 4), outputs.Select(output => output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32()));
        Assert.All(outputs, output => Assert.False(output.TryGetProperty("data", out _)));
        Assert.Equal(answer.Length, header + 4 * lengths.Sum());
        using var classifier = Classifier.Load(TestServer.ShippedModel);
        Close([.. classifier.Classify(images, 2).SelectMany(each => each.Logits.ToArray())], MemoryMarshal.Cast<byte, float>(answer.AsSpan(header, 4 * 20)).ToArray());
    }

    [Theory]
    [InlineData(""","id":null,"parameters":null,"outputs":null""", 3)]
    [InlineData(""","parameters":{"binary_data_output":null},"outputs":[{"name":"logits","parameters":null}]""", 1)]
    [InlineData(""","outputs":[{"name":"logits","parameters":{"binary_data":null}}]""", 1)]
    public async Task Fields_that_are_null_are_as_good_as_left_out(string rest, int outputs)
    {
        foreach (var parameters in new[] { "null", """{"binary_data_size":null}""" })
        {
            var json = Tensors.Json(Tensors.Noise(1, seed: 6), rest).Replace("\"datatype\"", $"\"parameters\":{parameters},\"datatype\"", StringComparison.Ordinal);
            var (status, document) = await Server.Post(Tensors.InferPath, json);
            Assert.Equal(200, status);
            Assert.Equal(outputs, document.GetProperty("outputs").GetArrayLength());
            Assert.False(document.TryGetProperty("id", out _));
        }
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("{}", "no inputs")]
    [InlineData("""{"inputs":[]}""", "empty")]
    [InlineData("""{"inputs":5}""", "list")]
    [InlineData("""{"inputs":[{"name":"pixels","shape":[1,1,28,28],"datatype":"FP32","data":[]}]}""", "no input 'pixels'")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"UINT8","data":[]}]}""", "FP32")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,3,28,28],"datatype":"FP32","data":[]}]}""", "[n, 1, 28, 28]")]
    [InlineData("""{"inputs":[{"name":"images","shape":[0,1,28,28],"datatype":"FP32","data":[]}]}""", "n from 1")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28],"datatype":"FP32","data":[]}]}""", "[1, 1, 28]")]
    [InlineData("""{"inputs":[{"name":"images","shape":"1","datatype":"FP32","data":[]}]}""", "list")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1.5,1,28,28],"datatype":"FP32","data":[]}]}""", "type")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":[0.5]}]}""", "has 1 values")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":["a"]}]}""", "no number")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":[1e999]}]}""", "finite")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":[NaN]}]}""", "JSON")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32"}]}""", "neither")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","parameters":{"binary_data_size":3136}}]}""", "0 bytes follow")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":[]},{"name":"images"}]}""", "")]
    [InlineData("""{"id":7,"inputs":[]}""", "type")]
    [InlineData("""{"outputs":[{"name":"logit"}]}""", "did you mean 'logits'")]
    [InlineData("""{"outputs":[{}]}""", "no name")]
    [InlineData("""{"outputs":[{"name":"logits"},{"name":"logits"}]}""", "'logits' twice")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":[0.5,3e38]}]}""", "value 1 of 'images'")]
    [InlineData("""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":[-1001]}]}""", "in 0..1")]
    public async Task Requests_that_make_no_sense_are_told_why(string json, string expected)
    {
        var (status, problem) = await Server.Post(Tensors.InferPath, json);
        Assert.Equal(400, status);
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        // The protocol wants the message in "error".
        Assert.Contains(expected, problem.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_come_once()
    {
        var (status, problem) = await Server.Post(Tensors.InferPath, Tensors.Json(Tensors.Noise(1, seed: 5), ""","inputs":[]"""));
        Assert.Equal(400, status);
        Assert.Contains("twice", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"outputs":[{"name":"?"}]}""")]
    [InlineData("""{"inputs":[{"name":"?"}]}""")]
    [InlineData("""{"inputs":[{"name":"images","datatype":"?"}]}""")]
    [InlineData("""{"id":"?"}""")]
    [InlineData("""{"?":0}""")]
    public async Task Names_of_megabytes_are_refused_without_a_copy(string json)
    {
        var body = Encoding.UTF8.GetBytes(json.Replace("?", new string('a', 8 << 20), StringComparison.Ordinal));
        var before = GC.GetTotalAllocatedBytes();
        var (status, problem) = await Server.Post(Tensors.InferPath, body);
        Assert.Equal((400, "a name is longer than 256 bytes"), (status, problem.GetProperty("detail").GetString()));
        // Buffers of the body grow to 16 MiB, each twice as large as the one before.
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 48 << 20);
    }

    [Fact]
    public void What_a_model_gives_that_is_no_number_is_the_requests_fault()
    {
        var prediction = new Prediction(["a", "b"], new[] { float.NaN, 0 }, new[] { 0.5f, 0.5f }, null);
        var request = new KServe.InferRequest(null, [], 1, [new(new("logits", [2]), IsBinary: false)]);
        var problem = Assert.Throws<Http.RequestException>(() => KServe.InferWriter.Write("model", request, [prediction]));
        Assert.Equal((400, "'logits' of these images is not finite; images are in 0..1"), (problem.Status, problem.Message));
    }

    [Fact]
    public async Task Deep_JSON_is_refused()
    {
        Assert.Equal(400, (await Server.Post(Tensors.InferPath, new string('[', 100_000))).Status);
        Assert.Equal(400, (await Server.Post(Tensors.InferPath, $$"""{"inputs":[{"name":"images","shape":[1,1,28,28],"datatype":"FP32","data":{{new string('[', 100_000)}}}""")).Status);
        Assert.Equal(400, (await Server.Post(Tensors.InferPath, string.Concat(Enumerable.Repeat("""{"a":""", 100_000)))).Status);
    }

    [Fact]
    public async Task Binary_bodies_that_do_not_fit_are_refused()
    {
        var (body, jsonLength) = Tensors.Binary(Tensors.Noise(1, seed: 4));
        async Task<string> Refused(byte[] bytes, string length)
        {
            var (status, problem) = await Server.Post(Tensors.InferPath, bytes, "application/octet-stream", ("Inference-Header-Content-Length", length));
            Assert.Equal(400, status);
            return problem.GetProperty("detail").GetString()!;
        }
        Assert.Contains("Inference-Header-Content-Length", await Refused(body, "many"), StringComparison.Ordinal);
        Assert.Contains("Inference-Header-Content-Length", await Refused(body, "-1"), StringComparison.Ordinal);
        Assert.Contains("Inference-Header-Content-Length", await Refused(body, $"{body.Length + 1}"), StringComparison.Ordinal);
        Assert.Contains("JSON", await Refused(body, $"{jsonLength - 1}"), StringComparison.Ordinal);
        Assert.Contains("bytes follow", await Refused(body[..^4], $"{jsonLength}"), StringComparison.Ordinal);
        Assert.Contains("bytes follow", await Refused([.. body, 0], $"{jsonLength}"), StringComparison.Ordinal);
        var (nan, nanJson) = Tensors.Binary([.. Tensors.Noise(1, seed: 4).Select((value, i) => i == 17 ? float.NaN : value)]);
        Assert.Contains("value 17", await Refused(nan, $"{nanJson}"), StringComparison.Ordinal);
        var (huge, hugeJson) = Tensors.Binary([.. Tensors.Noise(1, seed: 4).Select((value, i) => i == 18 ? -3e38f : value)]);
        Assert.Contains("value 18", await Refused(huge, $"{hugeJson}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_images_are_refused()
    {
        var (status, problem) = await Server.Post(Tensors.InferPath, """{"inputs":[{"name":"images","shape":[9223372036854775807,1,28,28],"datatype":"FP32","data":[]}]}""");
        Assert.Equal(413, status);
        Assert.Contains("64 are allowed", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v2/models/fashion-mnits", "did you mean 'fashion-mnist'?")]
    [InlineData("/v2/models/fashion-mnist/versions/2", "nothing")]
    [InlineData("/v3", "nothing")]
    public async Task Unknown_names_are_404(string path, string expected)
    {
        var (status, problem) = await Server.Get(path);
        Assert.Equal(404, status);
        Assert.Contains(expected, problem.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_are_405()
    {
        var (status, problem) = await Server.Get(Tensors.InferPath);
        Assert.Equal(405, status);
        Assert.Contains("takes POST, not GET", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static (string, string, string) Tensor(JsonElement tensor) =>
        (tensor.GetProperty("name").GetString()!, tensor.GetProperty("datatype").GetString()!, string.Join(',', tensor.GetProperty("shape").EnumerateArray()));

    private static string[] Strings(JsonElement list) => [.. list.EnumerateArray().Select(each => each.GetString()!)];

    private static float[] Floats(JsonElement list) => [.. list.EnumerateArray().Select(each => each.GetSingle())];

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}
