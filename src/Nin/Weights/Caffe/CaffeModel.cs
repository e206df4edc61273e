using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Nin.Weights.Caffe.Format;

namespace Nin.Weights.Caffe;

/// <summary>Reads the weights of a <c>.caffemodel</c>, of the present layout and of the one before it.</summary>
public static class CaffeModel
{
    /// <summary>Reads a file.</summary>
    /// <returns>
    /// The weight [out, in, k, k] and the bias [out] of every layer that has them, in the file's order, as <c>layer.weight</c> and <c>layer.bias</c>.
    /// </returns>
    /// <exception cref="ModelException">The file is missing or malformed, or a layer holds anything else.</exception>
    public static IReadOnlyList<KeyValuePair<string, TensorData>> Read(string path)
    {
        var net = Parse(path);
        var layers = net.Layer.Select(layer => (layer.Name, layer.Blobs)).Concat(net.Layers.Select(layer => (layer.Name, layer.Blobs))).Where(layer => layer.Blobs.Count > 0).ToList();
        if (layers.Count == 0) throw Malformed(path, "no layer has weights");
        return [.. layers.SelectMany(layer => Pair(path, layer.Name, layer.Blobs))];
    }

    private static IEnumerable<KeyValuePair<string, TensorData>> Pair(string path, string layer, RepeatedField<BlobProto> blobs)
    {
        if (blobs.Count != 2) throw Malformed(path, $"the layer '{layer}' has {blobs.Count} blobs, not a weight and a bias");
        var (weight, bias) = (Values(path, layer, blobs[0]), Values(path, layer, blobs[1]));
        var shape = Shape(path, layer, blobs[0], weight.Length);
        if (shape[0] != bias.Length) throw Malformed(path, $"the layer '{layer}' has {bias.Length} biases for {shape[0]} outputs");
        yield return new($"{layer}.weight", TensorData.OfFloats(weight, [.. shape]));
        yield return new($"{layer}.bias", TensorData.OfFloats(bias, bias.Length));
    }

    private static float[] Values(string path, string layer, BlobProto blob)
    {
        float[] values = blob.Data.Count > 0 ? [.. blob.Data] : [.. blob.DoubleData.Select(value => (float)value)];
        return values.Length > 0 ? values : throw Malformed(path, $"the layer '{layer}' has a blob without values");
    }

    private static ImmutableArray<long> Shape(string path, string layer, BlobProto blob, int values)
    {
        ImmutableArray<long> shape = blob.Shape is { } given ? [.. given.Dim] : [blob.Num, blob.Channels, blob.Height, blob.Width];
        var left = (long)values;
        foreach (var dimension in shape) left = dimension > 0 && left % dimension == 0 ? left / dimension : 0;
        return shape.Length > 0 && left == 1 ? shape : throw Malformed(path, $"the layer '{layer}' has {values} values for the shape [{string.Join(", ", shape)}]");
    }

    private static NetParameter Parse(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return NetParameter.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw Malformed(path, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"cannot read {path}", e.Message, "check the path and its permissions", e);
        }
    }

    private static ModelException Malformed(string path, string why) => new($"{path} is damaged or no network of Caffe", why, "take another copy of the file");
}
