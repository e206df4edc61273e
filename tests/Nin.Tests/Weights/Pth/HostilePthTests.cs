using System.IO.Compression;
using Nin.Tests.Pickles;
using Nin.Weights;
using Nin.Weights.Pth;

namespace Nin.Tests.Weights.Pth;

/// <summary>A .pth file comes from anywhere: it builds tensors or is refused, and takes no more memory than it has bytes.</summary>
public sealed class HostilePthTests
{
    private static readonly byte[] Four = new byte[16];

    [Fact]
    public void What_these_tests_write_is_read()
    {
        foreach (var file in Both(Named("weight").Tensor("0", 4, 0, [2, 2], [2, 1]), ("0", [0, 0, 0x80, 0x3F, .. Four[4..]])))
            Assert.Equal([1, 0, 0, 0], Read(file)["weight"].ToFloats());
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("torch", "ShortStorage")]
    public void No_other_name_is_known(string module, string name)
    {
        foreach (var file in Both(new PickleWriter().Global(module, name).String("rm -rf /").Op('\u0085').Op('R')))
            AssertRefused($"it names {module}.{name}, expected nothing but tensors", file);
    }

    [Theory]
    [InlineData('i')]
    [InlineData('o')]
    [InlineData('\u0081')]
    [InlineData('\u0093')]
    [InlineData('\u0095')]
    public void No_other_instruction_is_known(char opcode) => AssertRefused($"the instruction 0x{(int)opcode:X2} is none", Both(new PickleWriter().Op(opcode)));

    [Fact]
    public void Depth_length_and_number_are_limited()
    {
        AssertRefused("nested deeper than 64", Both(Repeat(new PickleWriter(), '(', 100_000)));
        AssertRefused("wait for their use", Both(Repeat(new PickleWriter(), ']', 2_000_000)));
        AssertRefused("nested deeper than 8", Both(Nest(Named("x"), 100_000)));
        AssertRefused("text takes 4294967295 bytes", Both(new PickleWriter().Op('X', 255, 255, 255, 255)));
        AssertRefused("a word is longer than 255", Both(new PickleWriter().Op('}').Text(new string('x', 1000)).Int(1).Op('s')));
    }

    [Fact]
    public void A_dictionary_that_contains_itself_is_refused() =>
        AssertRefused("nested deeper than 8", Both(new PickleWriter().Op('}').Op('q', 0).Text("x").Op('h', 0)));

    [Fact]
    public void A_list_of_lists_of_lists_that_are_all_the_same_is_refused()
    {
        // Each level is a list of two hundred times the one before.
        var pickle = Named("x").Op(']').Op('q', 0).Op('s');
        for (byte depth = 1; depth < 5; depth++)
        {
            pickle.Text("x").Op(']').Op('q', depth).Op('(');
            for (var i = 0; i < 200; i++) pickle.Op('h', (byte)(depth - 1));
            pickle.Op('e').Op('s');
        }
        pickle.Text("y").Int(0);
        AssertRefused("more than 262144 values", Both(pickle));
    }

    [Fact]
    public void A_tensor_stays_within_its_storage()
    {
        AssertRefused("a tensor reaches from value 1 to 4 of a storage of 4", Both(Named("x").Tensor("0", 4, 1, [4], [1]), ("0", Four)));
        AssertRefused("a tensor reaches from value 0 to 6 of a storage of 4", Both(Named("x").Tensor("0", 4, 0, [4], [2]), ("0", Four)));
        AssertRefused("a tensor has 2 dimensions and 1 strides", Both(Named("x").Tensor("0", 4, 0, [2, 2], [2]), ("0", Four)));
        AssertRefused("a size or a stride is no number from 0", Both(Named("x").Tensor("0", 4, 3, [2, 2], [-1, 1]), ("0", Four)));
    }

    [Fact]
    public void A_value_repeated_by_strides_of_zero_fills_no_memory() =>
        AssertRefused("a tensor has 1000000000000 values, more than the 4 of its storage", Both(Named("x").Tensor("0", 4, 0, [1_000_000, 1_000_000], [0, 0]), ("0", Four)));

    [Fact]
    public void A_storage_put_in_order_again_and_again_fills_no_memory()
    {
        var pickle = Named("x").Op(']').Op('(').Tensor("0", 40_000, 0, [200, 200], [1, 200]).Op('q', 0);
        for (var i = 0; i < 2000; i++) pickle.Op('h', 0);
        AssertRefused("its tensors take more bytes than the", Both(pickle.Op('e'), ("0", new byte[160_000])));
    }

    [Fact]
    public void A_storage_is_as_long_as_it_was_said_to_be()
    {
        var pickle = Named("x").Tensor("0", 4, 0, [4], [1]).Op('s').Stop();
        AssertRefused("archive/data/0 has 8 bytes, expected 16", PthArchive.Zip(pickle, ("0", Four[8..])));
        AssertRefused("storage 0 has 2 values, expected 4", PthArchive.Legacy(pickle, ("0", Four[8..])));
        AssertRefused("its zip archive lacks data/0", PthArchive.Zip(pickle));
        AssertRefused("storage 0 is missing", PthArchive.Legacy(pickle));
        AssertRefused("storage 0 takes 16 bytes, but 6 are left", PthArchive.Legacy(pickle, ("0", Four))[..^10]);
    }

    [Fact]
    public void A_storage_declared_beyond_the_file_costs_no_memory() =>
        AssertRefused("its entries declare more bytes than the", PthArchive.Zip(Named("x").Tensor("0", int.MaxValue, 0, [4], [1]).Op('s').Stop(), ("0", Four)));

    [Fact]
    public void A_storage_of_two_kinds_is_refused() => AssertRefused("storage 0 has 4 values of F32 and 2 of F64",
        Both(Named("x").Op(']').Op('(').Tensor("0", 4, 0, [4], [1]).Tensor("0", 2, 0, [2], [1], "DoubleStorage").Op('e'), ("0", Four)));

    [Fact]
    public void Compressed_entries_and_foreign_archives_are_refused()
    {
        var pickle = Named("x").Tensor("0", 40_000, 0, [40_000], [1]).Op('s').Stop();
        AssertRefused("is compressed, which PyTorch does not do", PthArchive.Zip(CompressionLevel.Optimal, ("data.pkl", pickle), ("data/0", new byte[160_000])));
        AssertRefused("big-endian", PthArchive.Zip(CompressionLevel.NoCompression, ("data.pkl", pickle), ("byteorder", "bigend"u8.ToArray())));
        AssertRefused("holds no data.pkl", PthArchive.Zip(CompressionLevel.NoCompression, ("constants", [1])));
        AssertRefused("its zip archive is damaged", "PK\u0003\u0004 and nothing else"u8.ToArray());
        AssertRefused("it begins with 7B7D at byte 0", "{}"u8.ToArray());
    }

    [Fact]
    public void Numbers_alone_are_no_state_dict()
    {
        AssertRefused("it holds no tensor", PthArchive.Zip(new PickleWriter().Op('}').Stop()));
        AssertRefused("it holds a list, expected a state dict", PthArchive.Zip(new PickleWriter().Op(']').Stop()));
        AssertRefused("it cannot use a list", PthArchive.Zip(new PickleWriter().Op(']').Op('Q').Stop()));
    }

    private static PickleWriter Named(string key) => new PickleWriter().Op('}').Text(key);

    private static PickleWriter Repeat(PickleWriter pickle, char opcode, int count)
    {
        for (var i = 0; i < count; i++) pickle.Op(opcode);
        return pickle;
    }

    private static PickleWriter Nest(PickleWriter pickle, int count) => Repeat(Repeat(pickle, ']', count), 'a', count - 1);

    /// <summary>The same pickle in both forms, its last value put into the dictionary that it began with.</summary>
    private static byte[][] Both(PickleWriter pickle, params (string Key, byte[] Content)[] storages)
    {
        var whole = pickle.Op('s').Stop();
        return [PthArchive.Zip(whole, storages), PthArchive.Legacy(whole, storages)];
    }

    private static IReadOnlyDictionary<string, TensorData> Read(byte[] file) => PthFile.Read(new MemoryStream(file), "net.pth");

    private static void AssertRefused(string why, params byte[][] files)
    {
        foreach (var file in files)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var error = Assert.Throws<ModelException>(() => Read(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (64 << 20) + 4L * file.Length);
            Assert.Contains("net.pth", error.Message);
            Assert.Contains(why, error.Why);
        }
    }
}
