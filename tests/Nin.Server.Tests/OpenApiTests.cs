using System.Text.Json;

namespace Nin.Server.Tests;

/// <summary>The OpenAPI document is written by hand; here it is held against what the server does.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task Every_path_answers_and_its_answer_has_the_fields_that_are_required()
    {
        await using var server = await TestServer.Start();
        var (status, document) = await server.Get("/openapi.json");
        Assert.Equal(200, status);
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var url = path.Name.Replace("{name}", TestServer.Model, StringComparison.Ordinal);
                var (code, answer) = operation.Name == "get" ? await server.Get(url)
                    : url == "/predict" ? await server.Post("/predict?maps=1", TestServer.Picture("bag"))
                    : await server.Post(url, Tensors.Json(Tensors.Noise(1, seed: 0)));
                Assert.True(code == 200, $"{operation.Name} {url}: {code}");
                var content = operation.Value.GetProperty("responses").GetProperty("200").GetProperty("content");
                if (content.TryGetProperty("application/json", out var json)) Fits(document, json.GetProperty("schema"), answer, url);
            }
        }
    }

    [Fact]
    public async Task Problems_are_as_described()
    {
        await using var server = await TestServer.Start();
        var (_, document) = await server.Get("/openapi.json");
        var (_, problem) = await server.Get("/nowhere");
        Fits(document, document.GetProperty("components").GetProperty("schemas").GetProperty("Problem"), problem, "problem");
    }

    /// <summary>Required fields are there, no others than those described, and all have the right type.</summary>
    private static void Fits(JsonElement document, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        if (!schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String) return;
        switch (type.GetString())
        {
            case "object":
                var properties = schema.GetProperty("properties");
                if (schema.TryGetProperty("required", out var required)) Assert.All(required.EnumerateArray(), name => Assert.True(value.TryGetProperty(name.GetString()!, out _), $"{at} lacks {name}"));
                foreach (var property in value.EnumerateObject())
                {
                    Assert.True(properties.TryGetProperty(property.Name, out var inner), $"{at}.{property.Name} is not described");
                    Fits(document, inner, property.Value, $"{at}.{property.Name}");
                }
                break;
            case "array":
                foreach (var item in value.EnumerateArray()) Fits(document, schema.GetProperty("items"), item, at);
                break;
            case "string":
                Assert.Equal((at, JsonValueKind.String), (at, value.ValueKind));
                break;
            case "boolean":
                Assert.True(value.ValueKind is JsonValueKind.True or JsonValueKind.False, at);
                break;
            default:
                Assert.Equal((at, JsonValueKind.Number), (at, value.ValueKind));
                break;
        }
    }
}
