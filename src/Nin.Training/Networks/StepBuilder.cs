using Nin.Architectures;
using Nin.Training.Compute;
using Nin.Training.Networks.Steps;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Nin.Training.Networks;

/// <summary>The reading of a plan that computes: one switch over its operations, with our kernels where the arithmetic has them and PyTorch's operations elsewhere.</summary>
internal static class StepBuilder
{
    public static IEnumerable<Step> Build(Plan plan, StepParameters parameters, RunningStatistics statistics, int part, Exchange[] exchanges, Arithmetic arithmetic)
    {
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            var planned = plan.Steps[i];
            Step step;
            if (arithmetic.Fused && planned.Operation is BatchNormOperation)
            {
                // The ReLU behind a batch normalisation is part of its kernel.
                var relu = i + 1 < plan.Steps.Length && plan.Steps[i + 1].Operation is ReluOperation;
                step = new BatchNormStep(parameters, statistics, part, exchanges[i], planned.Key, relu);
                if (relu) i++;
            }
            else if (planned.Operation is BatchNormOperation && exchanges[i].Ranks.Count > 1)
            {
                step = new SharedBatchNormStep(parameters, statistics, exchanges[i], planned.Key);
            }
            else
            {
                // What only changes the shape of the mean leaves it to the loss, which takes float32.
                var isLast = plan.Steps.Skip(i + 1).All(next => next.Operation is FlattenOperation);
                step = (arithmetic.Fused ? Fused(planned, i) : null) ?? Plain(planned, i, isLast, parameters, statistics);
            }
            step.Name = NetworkProfile.NameOf(planned);
            yield return step;
        }
    }

    private static Step? Fused(PlannedStep step, int index) => step.Operation switch
    {
        ReluOperation => new ReluStep(),
        MaxPoolOperation { Kernel: <= MaxPoolKernel.LargestWindow } pool => new MaxPoolStep(pool),
        DropoutOperation dropout => new DropoutStep(dropout.Rate, index),
        _ => null,
    };

    private static AutogradStep Plain(PlannedStep step, int index, bool isLast, StepParameters parameters, RunningStatistics statistics)
    {
        AutogradStep Of(Func<Tensor, Tensor> function) => new(parameters, [], (x, _, _) => function(x));
        AutogradStep With(Func<Tensor, Tensor[], Pass, Tensor> function) => new(parameters, [$"{step.Key}.weight", $"{step.Key}.bias"], function);

        return step.Operation switch
        {
            ConvolutionOperation c => With((x, p, _) => F.conv2d(x, p[0], p[1], strides: [c.Stride, c.Stride], padding: [c.Padding, c.Padding])),
            BatchNormOperation => With((x, p, pass) => F.batch_norm(x, statistics.Mean(step.Key), statistics.Variance(step.Key), p[0], p[1], pass.Training, BatchNormOperation.Momentum, BatchNormOperation.Epsilon)),
            ReluOperation => Of(x => F.relu(x)),
            MaxPoolOperation m => Of(x => F.max_pool2d(x, [m.Kernel, m.Kernel], [m.Stride, m.Stride], [m.Padding, m.Padding], ceil_mode: m.Ceil)),
            AveragePoolOperation a => Of(x => F.avg_pool2d(x, [a.Kernel, a.Kernel], [a.Stride, a.Stride], [a.Padding, a.Padding], ceil_mode: a.Ceil, count_include_pad: false)),
            DropoutOperation d => new AutogradStep(parameters, [], (x, _, pass) => DropoutStep.Plain(x, d.Rate, index, pass)),
            LocalResponseNormOperation n => Of(x => F.local_response_norm(x.to_type(ScalarType.Float32), n.Size, n.Alpha, n.Beta, n.K).to_type(x.dtype)),
            // A copy: the maxima are kept for the backward pass, and a kernel behind this step would change them in place.
            MaxoutOperation m => Of(x => x.reshape(x.shape[0], x.shape[1] / m.Pieces, m.Pieces, x.shape[2], x.shape[3]).amax([2]).clone()),
            GlobalAverageOperation => Of(x => x.to_type(ScalarType.Float32).mean([2, 3], keepdim: true).to_type(isLast ? ScalarType.Float32 : x.dtype)),
            FlattenOperation => Of(x => x.contiguous().flatten(1).unsqueeze(2).unsqueeze(3)),
            LinearOperation => With((x, p, _) => F.linear(x.flatten(1), p[0], p[1]).unsqueeze(2).unsqueeze(3)),
            _ => throw new NotSupportedException($"{step.Operation} has no step"),
        };
    }
}
