using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Nin.Inference;
using Nin.Onnx;
using Nin.Server.Http;

namespace Nin.Server.KServe;

/// <summary>Writes answers of the KServe v2 protocol.</summary>
internal static class InferWriter
{
    /// <summary>The body of an answer, and how much of it is JSON; tensors follow where they are wanted as bytes.</summary>
    /// <exception cref="RequestException">The request's images make the model give what is no number, which JSON cannot say.</exception>
    public static (ReadOnlyMemory<byte> Body, int JsonLength) Write(string model, InferRequest request, ImmutableArray<Prediction> predictions)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true })) WriteJson(json, model, request, predictions);
        var jsonLength = body.WrittenCount;
        foreach (var output in request.Outputs.Where(output => output.IsBinary))
            foreach (var prediction in predictions) body.Write(MemoryMarshal.AsBytes(Values(output, prediction)));
        return (body.WrittenMemory, jsonLength);
    }

    private static void WriteJson(Utf8JsonWriter json, string model, InferRequest request, ImmutableArray<Prediction> predictions)
    {
        json.WriteStartObject();
        json.WriteString("model_name"u8, model);
        json.WriteString("model_version"u8, Metadata.Version);
        if (request.Id is { } id) json.WriteString("id"u8, id);
        json.WriteStartArray("outputs"u8);
        foreach (var output in request.Outputs) WriteOutput(json, output, predictions);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, WantedOutput output, ImmutableArray<Prediction> predictions)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, output.Output.Name);
        json.WriteString("datatype"u8, "FP32"u8);
        json.WriteStartArray("shape"u8);
        json.WriteNumberValue(predictions.Length);
        foreach (var side in output.Output.Shape) json.WriteNumberValue(side);
        json.WriteEndArray();
        if (output.IsBinary)
        {
            json.WriteStartObject("parameters"u8);
            json.WriteNumber("binary_data_size"u8, (long)predictions.Length * Values(output, predictions[0]).Length * sizeof(float));
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("data"u8);
            foreach (var prediction in predictions)
                foreach (var value in Values(output, prediction)) json.WriteNumberValue(float.IsFinite(value) ? value : throw NotFinite(output));
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static RequestException NotFinite(WantedOutput output) => RequestException.Bad($"'{output.Output.Name}' of these images is not finite; images are in 0..1");

    private static ReadOnlySpan<float> Values(WantedOutput output, Prediction prediction) => output.Output.Name switch
    {
        OnnxModel.Logits => prediction.Logits.Span,
        OnnxModel.Probabilities => prediction.Probabilities.Span,
        _ => prediction.Maps!.Values.Span,
    };
}
