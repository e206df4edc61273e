using Nin.Data;
using Nin.Tests.Pickles;

namespace Nin.Tests.Data.Cifar;

public sealed class CifarPythonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CifarPythonTests() => CifarFiles.WritePython(_folder.Path);

    [Fact]
    public void A_pickle_that_would_run_a_command_is_refused_by_name_and_place() =>
        AssertDamaged("at byte 2: it names os.system, expected nothing but numpy arrays", new PickleWriter().Global("os", "system").String("rm -rf /").Op('\u0085').Op('R').Stop());

    [Theory]
    [InlineData("builtins", "eval")]
    [InlineData("numpy", "load")]
    [InlineData("numpy.core.multiarray", "scalar")]
    [InlineData("numpy\u001b[2J", "ndarray")]
    public void No_other_name_is_known(string module, string name) =>
        AssertDamaged("at byte 2: it names ", new PickleWriter().Global(module, name).Stop());

    [Theory]
    [InlineData('i')]
    [InlineData('o')]
    [InlineData('P')]
    [InlineData('\u0081')]
    [InlineData('\u0082')]
    [InlineData('\u0095')]
    public void No_other_instruction_is_known(char opcode) =>
        AssertDamaged($"at byte 2: the instruction 0x{(int)opcode:X2}", new PickleWriter().Op(opcode).Stop());

    [Fact]
    public void Later_protocols_are_refused() => AssertDamaged("at byte 0: its protocol is 5, expected at most 2", [0x80, 5, (byte)'}', (byte)'.']);

    [Fact]
    public void Lengths_beyond_the_end_of_the_file_cost_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged("a byte string takes 4294967295 bytes, but 1 are left", new PickleWriter().Op('T', 255, 255, 255, 255).Stop());
        AssertDamaged("text takes 2147483647 bytes, but 1 are left", new PickleWriter().Op('X', 255, 255, 255, 127).Stop());
        AssertDamaged("a number takes 255 bytes", new PickleWriter().Op('\u008A', 255).Stop());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
    }

    [Fact]
    public void Depth_and_number_of_values_are_limited()
    {
        AssertDamaged("nested deeper than 64", Repeated('(', 100_000));
        AssertDamaged("wait for their use", Repeated(']', 2_000_000));
        AssertDamaged("more than 4194304 instructions", [0x80, 2, (byte)']', .. Enumerable.Repeat("Na"u8.ToArray(), 2_200_000).SelectMany(pair => pair)]);
    }

    [Fact]
    public void A_list_nested_a_hundred_thousand_times_does_no_harm() =>
        AssertDamaged("it holds a list, expected a dictionary", [0x80, 2, .. Enumerable.Repeat((byte)']', 100_000), .. Enumerable.Repeat((byte)'a', 99_999), (byte)'.']);

    [Fact]
    public void A_dictionary_that_contains_itself_does_no_harm() =>
        AssertDamaged("'data' is a dictionary", new PickleWriter().Op('}').Op('q', 0).String("data").Op('h', 0).Op('s').Stop());

    [Fact]
    public void Text_encoded_again_and_again_fills_no_memory()
    {
        var pickle = new PickleWriter().Text(new string('x', 10_000)).Op('q', 0).Global("_codecs", "encode").Op('q', 1).Text("latin1").Op('q', 2);
        for (var i = 0; i < 1000; i++) pickle.Op('h', 1).Op('h', 0).Op('h', 2).Op('\u0086').Op('R');
        AssertDamaged("encoded again and again", pickle.Stop());
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_refused()
    {
        AssertDamaged("an array of 2 x 3072 has 3072 bytes", Batch(pickle => pickle.Array(2, 3072, new byte[3072]), [1]));
        AssertDamaged("an array of 2147483647 x 2147483647 has 1 bytes", Batch(pickle => pickle.Array(int.MaxValue, int.MaxValue, new byte[1]), [1]));
        AssertDamaged("dimension 1 of an array is no number from 0", Batch(pickle => pickle.Array(-1, 3072, new byte[3072]), [1]));
        AssertDamaged("'data' is 3072 x 1, expected N x 3072", Batch(pickle => pickle.Array(3072, 1, new byte[3072]), [1]));
        AssertDamaged("'data' is 0, expected N x 3072", Batch(pickle => pickle
            .Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Int(0).Op('\u0085').String("b").Op('\u0087').Op('R'), [1]));
    }

    [Fact]
    public void Other_element_types_are_refused() =>
        AssertDamaged("an array's elements are f8, expected u1", new PickleWriter().Global("numpy", "dtype").String("f8").Int(0).Int(1).Op('\u0087').Op('R').Stop());

    [Fact]
    public void Labels_that_do_not_fit_are_refused()
    {
        AssertDamaged("label 0 is 10, expected 0 to 9", Batch(pickle => pickle.Array(1, 3072, new byte[3072]), [10]));
        AssertDamaged("label 0 is -1, expected 0 to 9", Batch(pickle => pickle.Array(1, 3072, new byte[3072]), [-1]));
        AssertDamaged("'labels' has 2 labels, but 'data' has 1 images", Batch(pickle => pickle.Array(1, 3072, new byte[3072]), [1, 2]));
        AssertDamaged("it has no 'labels'", new PickleWriter().Op('}').String("data").Array(1, 3072, new byte[3072]).Op('s').Stop());
    }

    [Fact]
    public void A_truncated_file_is_refused() => AssertDamaged("bytes, but ", CifarFiles.Python(5, false)[..5000]);

    public void Dispose() => _folder.Dispose();

    private static byte[] Repeated(char opcode, int count) => [0x80, 2, .. Enumerable.Repeat((byte)opcode, count)];

    private static byte[] Batch(Action<PickleWriter> data, int[] labels)
    {
        var pickle = new PickleWriter().Op('}').Op('(').String("data");
        data(pickle);
        return pickle.String("labels").List(labels).Op('u').Stop();
    }

    private void AssertDamaged(string why, byte[] content)
    {
        File.WriteAllBytes(_folder["test_batch"], content);
        var error = Assert.Throws<DataException>(() => DataCatalogue.Load("cifar10", _folder.Path));
        Assert.Equal($"{_folder["test_batch"]} is damaged or no batch of CIFAR", error.Message);
        Assert.Contains(why, error.Why);
    }
}
