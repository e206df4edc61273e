using Nin.Architectures;
using Nin.Recipes;
using Nin.Weights;
using static Nin.Onnx.Proto;

namespace Nin.Onnx;

/// <summary>Contrast normalisation and whitening as nodes, with the same constants as in training.</summary>
internal static class PreprocessingWriter
{
    /// <summary>Operations that occur here and nowhere else in a graph.</summary>
    public static readonly string[] Operations = ["Reshape", "ReduceSum", "Mul", "Sqrt", "Less", "Where", "MatMul", "Max"];

    /// <summary>Adds what is done to whole images.</summary>
    /// <param name="graph">Ends with normalised images of the network's size.</param>
    /// <param name="options">What is done.</param>
    /// <param name="input">[C, H, W].</param>
    /// <param name="whitening">Where there is one.</param>
    public static void Write(GraphBuilder graph, PreprocessingOptions options, Shape input, Whitening? whitening)
    {
        switch (options.Kind)
        {
            case PreprocessingKind.Gcn or PreprocessingKind.GcnZca:
                Global(graph, options, input, whitening);
                break;
            case PreprocessingKind.Lcn:
                Local(graph, options.Window, input);
                break;
        }
    }

    /// <summary>Images as rows: mean 0, one length; then whitened.</summary>
    private static void Global(GraphBuilder graph, PreprocessingOptions options, Shape input, Whitening? whitening)
    {
        graph.Graph.Initializer.Add(Tensor<long>("row_shape", [0, -1], 2));
        graph.Graph.Initializer.Add(Tensor<long>("row_axis", [1], 1));
        graph.Graph.Initializer.Add(Tensor<long>("image_shape", [0, input.Channels, input.Height, input.Width], 4));
        var rows = graph.Emit("Reshape", "rows", [graph.Value, "row_shape"]);
        graph.Emit("ReduceSum", "row_sum", [rows, "row_axis"]);
        graph.Emit("Div", "row_mean", [graph.Value, graph.Constant("row_length", [input.Elements])]);
        var centred = graph.Emit("Sub", "row_centred", [rows, graph.Value]);
        graph.Emit("Mul", "row_squares", [centred, centred]);
        graph.Emit("ReduceSum", "row_energy", [graph.Value, "row_axis"]);
        var length = graph.Emit("Sqrt", "row_norm", [graph.Value]);
        var scale = graph.Constant("contrast", [(float)options.Scale]);
        graph.Emit("Less", "row_is_flat", [length, graph.Constant("least_contrast", [(float)PreprocessingOptions.LeastContrast])]);
        // Images of one colour have no contrast to normalise.
        graph.Emit("Where", "row_divisor", [graph.Value, scale, length]);
        graph.Emit("Div", "row_factor", [scale, graph.Value]);
        graph.Emit("Mul", "row_contrast", [centred, graph.Value]);
        if (whitening is not null)
        {
            graph.Emit("Sub", "row_shifted", [graph.Value, graph.Constant("whitening.mean", whitening.Mean)]);
            graph.Emit("MatMul", "row_white", [graph.Value, graph.Constant("whitening.matrix", whitening.Matrix, whitening.Values, whitening.Values)]);
        }
        graph.Emit("Reshape", "preprocessed", [graph.Value, "image_shape"]);
    }

    /// <summary>Every pixel less the mean of its window, by the window's deviation or the channel's mean one.</summary>
    private static void Local(GraphBuilder graph, int side, Shape input)
    {
        var window = Window(side);
        var (images, windows) = (graph.Value, Enumerable.Repeat(window, input.Channels).SelectMany(values => values).ToArray());
        graph.Constant("window", windows, input.Channels, 1, side, side);
        graph.Constant("window_inside", Inside(window, side, input), 1, 1, input.Height, input.Width);
        var centred = graph.Emit("Sub", "local_centred", [images, Mean("local_mean", images)]);
        var squares = graph.Emit("Mul", "local_squares", [centred, centred]);
        graph.Emit("Max", "local_variance", [Mean("local_energy", squares), graph.Constant("zero", [0])]);
        var deviation = graph.Emit("Sqrt", "local_deviation", [graph.Value]);
        graph.Emit("GlobalAveragePool", "channel_deviation", [deviation]);
        graph.Emit("Max", "divisor", [deviation, graph.Value, graph.Constant("least_deviation", [(float)PreprocessingOptions.LeastDeviation])]);
        graph.Emit("Div", "preprocessed", [centred, graph.Value]);

        string Mean(string name, string of)
        {
            graph.Emit("Conv", $"{name}.sum", [of, "window"], Attribute("kernel_shape", side, side), Attribute("pads", side / 2, side / 2, side / 2, side / 2), Attribute("group", (long)input.Channels));
            return graph.Emit("Div", name, [graph.Value, "window_inside"]);
        }
    }

    /// <summary>A Gaussian whose deviation is a quarter of its side; adds up to 1.</summary>
    private static float[] Window(int side)
    {
        var line = Enumerable.Range(0, side).Select(i => Math.Exp(-0.5 * Math.Pow((i - side / 2) * 4.0 / side, 2))).ToArray();
        var sum = line.Sum();
        return [.. from row in line from column in line select (float)(row * column / (sum * sum))];
    }

    /// <summary>The share of each pixel's window that lies inside the image, [H, W].</summary>
    private static float[] Inside(float[] window, int side, Shape input)
    {
        var inside = new float[input.Height * input.Width];
        for (var y = 0; y < input.Height; y++)
        {
            for (var x = 0; x < input.Width; x++)
            {
                var sum = 0.0;
                for (var i = 0; i < window.Length; i++)
                {
                    var (row, column) = (y + i / side - side / 2, x + i % side - side / 2);
                    if (row >= 0 && row < input.Height && column >= 0 && column < input.Width) sum += window[i];
                }
                inside[y * input.Width + x] = (float)sum;
            }
        }
        return inside;
    }
}
