using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Nin.Weights;

namespace Nin.Tests.Weights;

public sealed class SafetensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly string[] Odd = ["0.weight", "ключ", "\"\\\n", "", "😀"];

    private static readonly Gen<TensorData> Tensors =
        Gen.Select(Gen.Int[0, 7].Select(i => TensorData.Dtypes.ElementAt(i)), Gen.Long[0, 4].Array[0, 4]).SelectMany((dtype, shape) =>
            Gen.Byte.Array[(int)shape.Aggregate((long)TensorData.SizeOf(dtype), (size, dimension) => size * dimension)]
                .Select(bytes => new TensorData(dtype, [.. shape], bytes)));

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String.AlphaNumeric, Gen.Int[0, 4].Select(i => Odd[i]));

    [Fact]
    public void What_was_written_is_read_again() =>
        Gen.Select(Gen.Dictionary(Text, Tensors)[0, 6], Gen.Dictionary(Text, Text)[0, 3]).Sample((tensors, metadata) =>
        {
            var path = _folder[$"{Guid.NewGuid()}"];
            Safetensors.Write(path, tensors, metadata);
            var read = Safetensors.Read(path);
            Assert.Equal(metadata.OrderBy(pair => pair.Key), read.Metadata.OrderBy(pair => pair.Key));
            Assert.Equal(tensors.Keys.Order(), read.Tensors.Keys.Order());
            foreach (var (name, tensor) in tensors)
            {
                Assert.Equal(tensor.Dtype, read.Tensors[name].Dtype);
                Assert.Equal(tensor.Shape, read.Tensors[name].Shape);
                Assert.Equal(tensor.Bytes.ToArray(), read.Tensors[name].Bytes.ToArray());
            }
        }, iter: 100);

    [Fact]
    public void The_order_of_writing_does_not_change_the_file_and_every_tensor_is_aligned()
    {
        KeyValuePair<string, TensorData>[] tensors =
        [
            new("flag", new("BOOL", [1], new byte[1])), new("b", TensorData.OfFloats([1], 1)), new("a", TensorData.OfFloats([2, 3], 2)), new("step", new("I64", [], new byte[8])),
        ];
        Safetensors.Write(_folder["1"], tensors, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        Safetensors.Write(_folder["2"], tensors.Reverse(), new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        var bytes = File.ReadAllBytes(_folder["1"]);
        Assert.Equal(bytes, File.ReadAllBytes(_folder["2"]));
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        Assert.Equal(["step", "a", "b", "flag"], Safetensors.Read(_folder["1"]).Tensors.Keys);
    }

    [Fact]
    public void A_file_as_other_writers_lay_it_out_is_read()
    {
        var file = Parse("""{ "b":{"shape":[2],"data_offsets":[4,8],"dtype":"F16"}, "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]} }""", [0, 0, 0x80, 0x3F, 0, 0x3C, 0, 0xC0]);
        Assert.Equal([1f], file.Tensors["a"].ToFloats());
        Assert.Equal([1f, -2f], file.Tensors["b"].ToFloats());
        Assert.Equal([1f], new TensorData("BF16", [1], new byte[] { 0x80, 0x3F }).ToFloats());
    }

    [Fact]
    public void Whole_numbers_are_no_weights() => Assert.Throws<ModelException>(() => new TensorData("I64", [1], new byte[8]).ToFloats());

    [Theory]
    [InlineData("is no valid JSON", "{")]
    [InlineData("is no valid JSON", """{"\ud800":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""")]
    [InlineData("is array, expected an object", "[]")]
    [InlineData("the key 'a' twice", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""")]
    [InlineData("tensor 'a' has the key 'dtype' twice", """{"a":{"dtype":"U8","dtype":"U8","shape":[2],"data_offsets":[0,2]}}""")]
    [InlineData("tensor 'a' has the dtype 'F8_E4M3'", """{"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}}""")]
    [InlineData("tensor 'a' has -2 in 'shape'", """{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""")]
    [InlineData("tensor 'a' has 1.5 in 'shape'", """{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,2]}}""")]
    [InlineData("takes more than there can be", """{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,2]}}""")]
    [InlineData("has 2 bytes, but F32 [1] takes 4", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,2]}}""")]
    [InlineData("has the data_offsets [2, 0]", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""")]
    [InlineData("'b' has the bytes 0 to 2, expected to begin at 1", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""")]
    [InlineData("'a' has the bytes 1 to 2, expected to begin at 0", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""")]
    [InlineData("to end at most at 2", """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""")]
    [InlineData("1 bytes follow the last tensor", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""")]
    [InlineData("tensor 'a' has no list 'shape'", """{"a":{"dtype":"U8","data_offsets":[0,2]}}""")]
    [InlineData("tensor 'a' has the unknown key 'stride'", """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"stride":1}}""")]
    [InlineData("'__metadata__.x' is number, expected a string", """{"__metadata__":{"x":1}}""")]
    public void A_malformed_header_names_the_key(string why, string header)
    {
        var error = Assert.Throws<ModelException>(() => Parse(header, new byte[2]));
        Assert.Contains("net.safetensors", error.Message);
        Assert.Contains(why, error.Why);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(2_000_000_000)]
    public void A_header_longer_than_the_file_costs_no_memory(long length)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Assert.Contains("expected at most 8", Assert.Throws<ModelException>(() => Safetensors.Read(new MemoryStream(bytes), "net.safetensors")).Why);
    }

    [Fact]
    public void A_missing_file_is_a_model_error() => Assert.Throws<ModelException>(() => Safetensors.Read(_folder["none"]));

    [Fact]
    public void Bytes_that_do_not_fit_the_shape_are_not_written()
    {
        var none = ImmutableDictionary<string, string>.Empty;
        Assert.Throws<ArgumentException>(() => Safetensors.Write(_folder["x"], [new("a", new("F32", [2], new byte[4]))], none));
        Assert.Throws<ArgumentException>(() => Safetensors.Write(_folder["x"], [new("__metadata__", new("U8", [1], new byte[1]))], none));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static SafetensorsFile Parse(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + json.Length);
        return Safetensors.Read(new MemoryStream(bytes), "net.safetensors");
    }
}
