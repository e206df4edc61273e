using Nin.Architectures;
using Nin.Weights;

namespace Nin.Tests.Weights;

public sealed class ForeignWeightsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("net.")]
    [InlineData("model.")]
    [InlineData("state_dict.module.")]
    public void What_wrappers_put_before_names_is_taken_off(string prefix)
    {
        var tensors = State(Catalogue.Find("nin-fast").Build(new(3, 28, 28), 4)).ToDictionary(tensor => prefix + tensor.Key, tensor => tensor.Value);
        // As PyTorch's tutorials and Lightning save them.
        if (prefix != "") tensors["optimizer_state_dict.state.0.momentum_buffer"] = tensors["optimizer_states.0.state.0.exp_avg"] = TensorData.OfFloats([1], 1);
        var weights = new ForeignWeights("some.pth", tensors);
        var architecture = weights.Fit(Catalogue.Find("nin-fast"), side: null);
        Assert.Equal((3, 4), (architecture.Input.Channels, architecture.Classes));
        Assert.Equal(StateDict.Of(architecture.Plan()).Select(entry => entry.Name), weights.For(architecture).Keys);
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_all_named()
    {
        var architecture = Catalogue.Find("nin-fast").Build();
        var tensors = State(architecture);
        tensors.Remove("0.0.bias");
        tensors["head.weight"] = TensorData.OfFloats([1], 1);
        var error = Assert.Throws<ModelException>(() => new ForeignWeights("some.pth", tensors).For(architecture));
        Assert.Equal("missing: 0.0.bias; unexpected: head.weight", error.Why);
    }

    [Fact]
    public void Weights_of_several_networks_are_refused()
    {
        var architecture = Catalogue.Find("nin-fast").Build();
        var both = State(architecture).SelectMany(tensor => new[] { "student.", "teacher." }.Select(whose => KeyValuePair.Create(whose + tensor.Key, tensor.Value)));
        var error = Assert.Throws<ModelException>(() => new ForeignWeights("some.pth", both).For(architecture));
        Assert.Equal("tensors 'student.*' and 'teacher.*' fit alike", error.Why);
        // Caffe's surplus layers keep their names.
        var surplus = State(architecture).Append(new("top.weight", TensorData.OfFloats([1], 1))).Append(new("top.weight", TensorData.OfFloats([1], 1)));
        Assert.Throws<ModelException>(() => new ForeignWeights("some.caffemodel", surplus, namesAreTheirOwn: true).For(architecture));
    }

    [Fact]
    public void Last_weights_without_rows_are_refused()
    {
        var entry = Catalogue.Find("nin-fast");
        var tensors = State(entry.Build());
        tensors[tensors.Keys.Last(name => name.EndsWith(".weight", StringComparison.Ordinal))] = TensorData.OfFloats([1]);
        Assert.Contains("misshapen", Assert.Throws<ModelException>(() => new ForeignWeights("some.pth", tensors).Fit(entry, side: null)).Why);
    }

    [Fact]
    public void A_file_of_another_kind_is_refused() => Assert.Throws<ModelException>(() => ForeignWeights.Read("weights.h5"));

    private static Dictionary<string, TensorData> State(Architecture architecture) =>
        StateDict.Of(architecture.Plan()).ToDictionary(entry => entry.Name, entry => TensorData.OfFloats(new float[entry.Shape.Aggregate(1L, (product, side) => product * side)], [.. entry.Shape]));
}
