using Google.Protobuf;
using Nin.Architectures;
using Nin.Weights;
using Nin.Weights.Caffe;

namespace Nin.Tests.Weights.Caffe;

/// <summary>On files that are written here field by field, as Caffe lays them out.</summary>
public sealed class CaffeModelTests
{
    private static readonly Architecture _network = new()
    {
        Name = "small",
        Input = new(3, 8, 8),
        Layers = [new Mlpconv([4, 2], 3), new GlobalAveragePool()],
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Layers_become_the_networks_by_their_order(bool old)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, old, Layer(old, "conv1", [4, 3, 3, 3]), Layer(old, "relu1"), Layer(old, "cccp1", [2, 4, 1, 1]));
        var weights = ForeignWeights.Read(path).For(_network);
        Assert.Equal(["0.0.weight", "0.0.bias", "0.2.weight", "0.2.bias"], weights.Keys);
        Assert.Equal(Enumerable.Range(0, 4 * 3 * 3 * 3).Select(i => (float)i), weights["0.0.weight"].ToFloats());
        Assert.Equal([2, 4, 1, 1], weights["0.2.weight"].Shape);
        Assert.Equal([0f, 1f], weights["0.2.bias"].ToFloats());
    }

    [Fact]
    public void A_layer_that_the_network_lacks_is_named()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, old: false, Layer(false, "conv1", [4, 3, 3, 3]), Layer(false, "cccp1", [2, 4, 1, 1]), Layer(false, "cccp2", [2, 2, 1, 1]));
        var error = Assert.Throws<ModelException>(() => ForeignWeights.Read(path).For(_network));
        Assert.Contains("unexpected: cccp2.weight, cccp2.bias", error.Why);
    }

    [Fact]
    public void A_shape_that_is_not_the_values_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, old: false, Layer(false, "conv1", [4, 3, 3, 3], declared: [int.MaxValue, 3, 3, 3]));
        var error = Assert.Throws<ModelException>(() => CaffeModel.Read(path));
        Assert.Contains("conv1", error.Why);
    }

    [Fact]
    public void Damage_is_a_typed_error()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, old: false, Layer(false, "conv1", [4, 3, 3, 3]), Layer(false, "cccp1", [2, 4, 1, 1]));
        var whole = File.ReadAllBytes(path);
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = whole[..random.Next(1, whole.Length)];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, damaged);
            try
            {
                CaffeModel.Read(path);
            }
            catch (ModelException)
            {
                // As it should be.
            }
        }
    }

    [Fact]
    public void Blue_first_becomes_red_first()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, old: false, Layer(false, "conv1", [4, 3, 3, 3]), Layer(false, "cccp1", [2, 4, 1, 1]));
        var read = ForeignWeights.Read(path).For(_network);
        var turned = ChannelOrder.Reversed(read, _network);
        var (before, after) = (read["0.0.weight"].ToFloats(), turned["0.0.weight"].ToFloats());
        Assert.Equal(before[..9], after[18..27]);
        Assert.Equal(before[9..18], after[9..18]);
        Assert.Equal(before[18..27], after[..9]);
        Assert.Equal(read["0.2.weight"].ToFloats(), turned["0.2.weight"].ToFloats());
    }

    private static string Write(TemporaryFolder folder, bool old, params byte[][] layers)
    {
        var path = Path.Combine(folder.Path, "net.caffemodel");
        File.WriteAllBytes(path, Message(output =>
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteString("net");
            foreach (var layer in layers)
            {
                output.WriteTag(old ? 2 : 100, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(layer));
            }
        }));
        return path;
    }

    /// <summary>A layer with a weight of 0, 1, 2, ... and such a bias, or without any.</summary>
    private static byte[] Layer(bool old, string name, int[]? shape = null, int[]? declared = null) => Message(output =>
    {
        output.WriteTag(old ? 4 : 1, WireFormat.WireType.LengthDelimited);
        output.WriteString(name);
        if (shape is null) return;
        foreach (var blob in new[] { Blob(old, declared ?? shape, shape.Aggregate((a, b) => a * b)), Blob(old, old ? [1, 1, 1, shape[0]] : [shape[0]], shape[0]) })
        {
            output.WriteTag(old ? 6 : 7, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(blob));
        }
    });

    private static byte[] Blob(bool old, int[] shape, int count) => Message(output =>
    {
        if (old)
        {
            for (var i = 0; i < 4; i++)
            {
                output.WriteTag(i + 1, WireFormat.WireType.Varint);
                output.WriteInt32(shape[i]);
            }
        }
        else
        {
            output.WriteTag(7, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(Message(inner =>
            {
                foreach (var dimension in shape)
                {
                    inner.WriteTag(1, WireFormat.WireType.Varint);
                    inner.WriteInt64(dimension);
                }
            })));
        }
        output.WriteTag(5, WireFormat.WireType.LengthDelimited);
        output.WriteLength(count * 4);
        for (var i = 0; i < count; i++) output.WriteFloat(i);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true)) write(output);
        return stream.ToArray();
    }
}
