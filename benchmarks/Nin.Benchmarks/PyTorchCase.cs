using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Json;

namespace Nin.Benchmarks;

/// <summary>A case as <c>pytorch_steps.py</c> reads it: the operations of the plan, so that there is one description of a network.</summary>
internal static class PyTorchCase
{
    /// <summary>One line of JSON.</summary>
    public static string Json(BenchmarkCase benchmark)
    {
        var input = benchmark.Entry.Input;
        return new JsonObject
        {
            ["batch"] = benchmark.Batch,
            ["classes"] = benchmark.Entry.Classes,
            ["input"] = new JsonArray(input.Channels, input.Height, input.Width),
            ["operations"] = new JsonArray([.. benchmark.Plan.Steps.Select(step => Node(step.Operation))]),
        }.ToJsonString();
    }

    private static JsonObject Node(Architectures.Operation operation)
    {
        var node = JsonSerializer.SerializeToNode(operation, operation.GetType(), NinJson.Line)!.AsObject();
        node.Insert(0, "type", operation.GetType().Name);
        return node;
    }
}
