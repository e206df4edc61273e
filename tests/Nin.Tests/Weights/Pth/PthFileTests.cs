using System.Text.Json;
using Nin.Weights;
using Nin.Weights.Pth;

namespace Nin.Tests.Weights.Pth;

/// <summary>Files that PyTorch 1.13 wrote, see tests/golden/make_pth.py.</summary>
public sealed class PthFileTests
{
    [Theory]
    [InlineData("tensors.pth", "tensors.json")]
    [InlineData("tensors-legacy.pth", "tensors.json")]
    [InlineData("checkpoint.pth", "checkpoint.json")]
    [InlineData("checkpoint-legacy.pth", "checkpoint.json")]
    public void Every_tensor_that_PyTorch_saved_is_read(string file, string expected)
    {
        var read = PthFile.Read(Golden(file));
        using var golden = JsonDocument.Parse(File.ReadAllText(Golden(expected)));
        Assert.Equal(golden.RootElement.EnumerateObject().Select(tensor => tensor.Name), read.Keys);
        foreach (var tensor in golden.RootElement.EnumerateObject())
        {
            Assert.Equal(tensor.Value.GetProperty("dtype").GetString(), read[tensor.Name].Dtype);
            Assert.Equal(tensor.Value.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64()), read[tensor.Name].Shape);
            Assert.Equal(tensor.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()), Values(read[tensor.Name]));
        }
    }

    [Fact]
    public void Tensors_that_share_memory_share_it_again()
    {
        var read = PthFile.Read(Golden("tensors.pth"));
        Assert.True(read["view"].Bytes.Span.Overlaps(read["tied"].Bytes.Span));
    }

    [Fact]
    public void A_whole_module_is_refused_with_the_remedy()
    {
        var error = Assert.Throws<ModelException>(() => PthFile.Read(Golden("module.pth")));
        Assert.Contains("it names torch.nn.modules.container.Sequential, expected nothing but tensors", error.Why);
        Assert.Contains("torch.save(model.state_dict(), path)", error.Fix);
    }

    [Fact]
    public void A_command_is_refused_and_not_run()
    {
        var error = Assert.Throws<ModelException>(() => PthFile.Read(Golden("command.pth")));
        Assert.Matches("at byte [0-9]+ of data.pkl: it names posix.system", error.Why);
        Assert.False(File.Exists("nin-was-here"));
    }

    [Fact]
    public void A_missing_file_is_a_model_error() => Assert.Contains("nothing.pth", Assert.Throws<ModelException>(() => PthFile.Read("nothing.pth")).Message);

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "golden", "pth", name);

    private static IEnumerable<double> Values(TensorData tensor)
    {
        var bytes = tensor.Bytes.ToArray();
        return tensor.Dtype switch
        {
            "F64" => Numbers(8, at => BitConverter.ToDouble(bytes, at)),
            "I64" => Numbers(8, at => BitConverter.ToInt64(bytes, at)),
            "I32" => Numbers(4, at => BitConverter.ToInt32(bytes, at)),
            "U8" or "BOOL" => Numbers(1, at => bytes[at]),
            _ => tensor.ToFloats().Select(value => (double)value),
        };

        IEnumerable<double> Numbers(int width, Func<int, double> read) => Enumerable.Range(0, bytes.Length / width).Select(i => read(i * width));
    }
}
