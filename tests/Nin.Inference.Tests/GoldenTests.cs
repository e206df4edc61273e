using Nin.Golden;
using Nin.Onnx;

namespace Nin.Inference.Tests;

/// <summary>The ONNX file of every network gives PyTorch's logits, for given weights and images.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Names => [.. Models.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_equal_PyTorchs(string name)
    {
        var golden = Models.Net(name);
        using var session = OnnxSession.Load(Models.Onnx(name), name);
        using var outputs = session.Run(GoldenValues.FillImages(golden.Architecture.Input, golden.Batch), [golden.Batch, session.Input.Channels, session.Input.Height, session.Input.Width]);
        var logits = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        Assert.Equal(golden.Eval.Length, logits.Length);
        for (var i = 0; i < logits.Length; i++) Assert.InRange(Math.Abs(logits[i] - golden.Eval[i]), 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_mean_of_a_class_map_is_its_logit(string name)
    {
        var golden = Models.Net(name);
        using var session = OnnxSession.Load(Models.Onnx(name), name);
        Assert.Equal(golden.Architecture.Plan().ClassMaps is not null, session.Outputs.Contains(OnnxModel.ClassMaps));
        if (!session.Outputs.Contains(OnnxModel.ClassMaps)) return;

        using var outputs = session.Run(GoldenValues.FillImages(golden.Architecture.Input, 1), [1, session.Input.Channels, session.Input.Height, session.Input.Width]);
        var (logits, maps) = (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[2].GetTensorDataAsSpan<float>().ToArray());
        var cells = maps.Length / logits.Length;
        for (var k = 0; k < logits.Length; k++) Assert.Equal(logits[k], maps.Skip(k * cells).Take(cells).Average(), 1e-5f);
    }
}
