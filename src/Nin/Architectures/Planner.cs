using System.Collections.Immutable;

namespace Nin.Architectures;

/// <summary>Shape inference: spells each layer out into operations, checks its fields, and checks that it fits what it receives.</summary>
internal sealed class Planner
{
    /// <summary>The most operations in a network; deeper ones are mistakes in a description.</summary>
    private const int MaxSteps = 10_000;

    /// <summary>The most values in one tensor, which libtorch and ONNX Runtime index with 32 bits in places.</summary>
    private const long MaxElements = int.MaxValue;

    private readonly Architecture _architecture;
    private readonly ImmutableArray<PlannedStep>.Builder _steps = ImmutableArray.CreateBuilder<PlannedStep>();
    private Shape _shape;
    private ReceptiveField _field = ReceptiveField.OfInput;
    private int _index;
    private long _parameters;
    private long _macs;

    private Planner(Architecture architecture)
    {
        _architecture = architecture;
        _shape = architecture.Input;
    }

    public static Plan Plan(Architecture architecture)
    {
        if (architecture.Layers.IsDefaultOrEmpty)
            throw new ModelException($"network '{architecture.Name}' has no layers", "a network needs at least one layer that gives logits", "add layers to its description");
        if (architecture.Input is not { Channels: > 0, Height: > 0, Width: > 0 })
            throw new ModelException($"network '{architecture.Name}' has the input shape [{architecture.Input}]", "channels, height and width must be positive", "correct \"input\" in its description");
        // In floating point, because three large sides overflow even 64 bits.
        if ((double)architecture.Input.Channels * architecture.Input.Height * architecture.Input.Width > MaxElements)
            throw new ModelException(
                $"network '{architecture.Name}' has the input shape [{architecture.Input}]",
                $"one image may hold {MaxElements:N0} values",
                "correct \"input\" in its description, or shrink the images (--image-size)");

        var planner = new Planner(architecture);
        for (; planner._index < architecture.Layers.Length; planner._index++) planner.Add(architecture.Layers[planner._index]);
        if (planner._shape is not { Height: 1, Width: 1 })
            throw new ModelException($"network '{architecture.Name}' ends with maps of [{planner._shape}], not with logits", "the last layer must give one number a class", "end with global_average_pool, or flatten and fully_connected");
        return new Plan(architecture, planner._steps.ToImmutable());
    }

    private void Add(Layer layer)
    {
        switch (layer)
        {
            case Mlpconv m: AddMlpconv(m); break;
            case Convolution c: AddConvolution(c); break;
            case BatchNormalisation: Append($"{_index}", new BatchNormOperation(_shape.Channels)); break;
            case Relu: Append($"{_index}", new ReluOperation()); break;
            case MaxPool p:
                CheckPool(p.Kernel, p.Stride, p.Padding, p.Ceil);
                Append($"{_index}", new MaxPoolOperation(p.Kernel, p.Stride, p.Padding, p.Ceil));
                break;
            case AveragePool p:
                CheckPool(p.Kernel, p.Stride, p.Padding, p.Ceil);
                Append($"{_index}", new AveragePoolOperation(p.Kernel, p.Stride, p.Padding, p.Ceil));
                break;
            case Dropout d:
                if (d.Rate is not (>= 0 and < 1)) throw Unfit($"has the rate {d.Rate}", "use a rate of at least 0 and below 1");
                Append($"{_index}", new DropoutOperation(d.Rate));
                break;
            case LocalResponseNormalisation n:
                // PyTorch and ONNX place an even window differently; an odd one has a middle.
                if (n.Size < 1 || n.Size % 2 == 0) throw Unfit($"has the size {n.Size}", "use an odd size of at least 1, for example 5");
                if (!double.IsFinite(n.Alpha) || !double.IsFinite(n.Beta) || !double.IsFinite(n.K)) throw Unfit($"has alpha {n.Alpha}, beta {n.Beta}, k {n.K}", "use finite numbers, for example 1e-4, 0.75 and 2");
                Append($"{_index}", new LocalResponseNormOperation(n.Size, n.Alpha, n.Beta, n.K));
                break;
            case Maxout m:
                if (m.Pieces < 2 || _shape.Channels % m.Pieces != 0) throw Unfit($"takes groups of {m.Pieces} but receives {_shape.Channels} channels", "make the channels a multiple of the pieces (at least 2)");
                Append($"{_index}", new MaxoutOperation(m.Pieces));
                break;
            case GlobalAveragePool: Append($"{_index}", new GlobalAverageOperation()); break;
            case Flatten: Append($"{_index}", new FlattenOperation()); break;
            case FullyConnected f: AddFullyConnected(f); break;
            default: throw Unfit("is of an unknown kind", "use the layers that docs/models lists");
        }
    }

    private void AddMlpconv(Mlpconv m)
    {
        if (m.Widths.IsDefaultOrEmpty || m.Widths.Any(width => width < 1)) throw Unfit("has no widths, or widths below 1", "list the maps of each perceptron layer, for example [192, 160, 96]");
        var module = 0;
        for (var i = 0; i < m.Widths.Length; i++)
        {
            var (kernel, stride, padding) = i == 0 ? (m.Kernel, m.Stride, m.Padding) : (1, 1, 0);
            AppendConvolution($"{_index}.{module++}", m.Widths[i], kernel, stride, padding);
            if (i == m.Widths.Length - 1 && !m.FinalRelu) break;
            if (m.BatchNorm) Append($"{_index}.{module++}", new BatchNormOperation(_shape.Channels));
            Append($"{_index}.{module++}", new ReluOperation());
        }
    }

    private void AddConvolution(Convolution c)
    {
        if (c.Width < 1) throw Unfit($"has the width {c.Width}", "use at least one map");
        var nested = c.BatchNorm || c.Relu;
        AppendConvolution(nested ? $"{_index}.0" : $"{_index}", c.Width, c.Kernel, c.Stride, c.Padding);
        if (c.BatchNorm) Append($"{_index}.1", new BatchNormOperation(_shape.Channels));
        if (c.Relu) Append(c.BatchNorm ? $"{_index}.2" : $"{_index}.1", new ReluOperation());
    }

    private void AddFullyConnected(FullyConnected f)
    {
        if (f.Width < 1) throw Unfit($"has the width {f.Width}", "use at least one output");
        if (_shape is not { Height: 1, Width: 1 }) throw Unfit($"receives maps of [{_shape}]", "put a flatten or global_average_pool before it");
        Append(f.Relu ? $"{_index}.0" : $"{_index}", new LinearOperation(_shape.Channels, f.Width));
        if (f.Relu) Append($"{_index}.1", new ReluOperation());
    }

    private void AppendConvolution(string key, int width, int kernel, int stride, int padding)
    {
        if (kernel < 1 || stride < 1 || padding < 0)
            throw Unfit($"has kernel {kernel}, stride {stride}, padding {padding}", "use a kernel and stride of at least 1 and a padding of at least 0");
        CheckFits(kernel, stride, padding, ceil: false);
        Append(key, new ConvolutionOperation(_shape.Channels, width, kernel, stride, padding));
    }

    private void CheckPool(int kernel, int stride, int padding, bool ceil)
    {
        if (kernel < 1 || stride < 1 || padding < 0 || padding > kernel / 2)
            throw Unfit(
                $"has kernel {kernel}, stride {stride}, padding {padding}",
                "use a kernel and stride of at least 1 and a padding of at most half the kernel");
        CheckFits(kernel, stride, padding, ceil);
    }

    private void CheckFits(int kernel, int stride, int padding, bool ceil)
    {
        var least = Windows.SmallestSide(kernel, stride, padding, ceil);
        if (_shape.Height < least || _shape.Width < least)
            throw Unfit(
                $"needs at least {least}x{least} but receives [{_shape.Channels}, {_shape.Height}, {_shape.Width}]",
                "remove a pool before it or enlarge the input (--image-size)");
    }

    private void Append(string key, Operation operation)
    {
        if (_steps.Count == MaxSteps) throw Unfit($"is beyond the {MaxSteps:N0} operations that a network may have", "describe a shallower network");
        try
        {
            var step = Next(key, operation);
            if (step.Output.Elements > MaxElements || step.Parameters > MaxElements) throw TooLarge();
            // Totals are summed here as well, so that a plan's sums cannot overflow later.
            _parameters = checked(_parameters + step.Parameters);
            _macs = checked(_macs + step.Macs);
            _steps.Add(step);
            (_shape, _field) = (step.Output, step.ReceptiveField);
        }
        catch (OverflowException)
        {
            throw TooLarge();
        }
    }

    private PlannedStep Next(string key, Operation operation)
    {
        var (kernel, stride, padding) = operation switch
        {
            ConvolutionOperation c => (c.Kernel, c.Stride, c.Padding),
            MaxPoolOperation p => (p.Kernel, p.Stride, p.Padding),
            AveragePoolOperation p => (p.Kernel, p.Stride, p.Padding),
            GlobalAverageOperation or FlattenOperation => (Math.Max(_shape.Height, _shape.Width), 1, 0),
            _ => (1, 1, 0),
        };
        return new PlannedStep(_index, key, operation, _shape, OutputOf(operation, _shape), _field.Through(kernel, stride, padding));
    }

    private static Shape OutputOf(Operation operation, Shape input) => operation switch
    {
        ConvolutionOperation c => Slide(input, c.Kernel, c.Stride, c.Padding, ceil: false) with { Channels = c.Out },
        MaxPoolOperation p => Slide(input, p.Kernel, p.Stride, p.Padding, p.Ceil),
        AveragePoolOperation p => Slide(input, p.Kernel, p.Stride, p.Padding, p.Ceil),
        MaxoutOperation m => input with { Channels = input.Channels / m.Pieces },
        GlobalAverageOperation => new(input.Channels, 1, 1),
        FlattenOperation => new(checked((int)input.Elements), 1, 1),
        LinearOperation l => new(l.Out, 1, 1),
        _ => input,
    };

    private static Shape Slide(Shape input, int kernel, int stride, int padding, bool ceil) => input with
    {
        Height = Windows.Along(input.Height, kernel, stride, padding, ceil),
        Width = Windows.Along(input.Width, kernel, stride, padding, ceil),
    };

    private ModelException TooLarge() =>
        Unfit($"makes a tensor of more than {MaxElements:N0} values, or costs beyond counting", "use smaller widths, kernels, strides or padding");

    private ModelException Unfit(string found, string remedy) =>
        new($"network '{_architecture.Name}' does not fit together", $"layer {_index + 1} ({LayerText.Describe(_architecture.Layers[_index])}) {found}", remedy);
}
