using System.Collections.Immutable;
using System.CommandLine;
using Nin.Architectures;
using Nin.Cli.Consoles;
using Nin.Cli.Exporting;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Weights;

namespace Nin.Cli.Commands;

/// <summary><c>nin import</c>: takes over weights that PyTorch or Caffe saved.</summary>
internal static class ImportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var weights = new Argument<string>("weights") { Description = "a .pth or .safetensors file with the state dict of a network, or a .caffemodel" };
        var net = new Option<string>("--net") { Description = "network of the catalogue, or a JSON file with one", HelpName = "name|file", Required = true }.Offers(KnownWords.Networks);
        var size = new Option<string>("--image-size") { Description = "height and width of its images; as published when left out", HelpName = "n" };
        var names = new Option<string>("--names") { Description = "names of the classes, in order, with commas", HelpName = "a,b,c" };
        var mean = new Option<string>("--mean") { Description = "subtracted from each channel in 0..1; 0 when left out", HelpName = "x,y,z" };
        var deviation = new Option<string>("--std") { Description = "divides each channel; 1 when left out", HelpName = "x,y,z" };
        var bgr = TypedFlag.Switch("--bgr", "the network was trained on images with blue first, as OpenCV and Caffe read them");
        var folder = new Option<string>("--out") { Description = "folder to write; runs/import/<name> when left out", HelpName = "folder" };
        var command = new NinCommand("import", "takes over weights that PyTorch or Caffe saved, as a model that all commands take",
            new("nin import nin.pth --net nin-d2l", "a state dict of torch.save"),
            new("nin import cifar.safetensors --net nin-cifar10 --mean 0.491,0.482,0.447 --std 0.247,0.243,0.262", "with the scaling that it was trained with"),
            new("nin import nin_imagenet.caffemodel --net nin-imagenet --bgr --mean 0.482,0.459,0.408 --std 0.00392,0.00392,0.00392", "Caffe's: blue first, 0 to 255, less a mean"),
            new("nin import mine.pth --net mine.json --names cat,dog", "a network and classes of your own"))
        {
            weights, net, size, names, mean, deviation, bgr, folder,
        };
        command.SetAction(parse =>
        {
            var path = parse.GetRequiredValue(weights);
            var side = size.WholeOrNull(parse);
            var (labels, means, deviations) = (Names(parse.GetValue(names)), Numbers(mean, parse.GetValue(mean)), Numbers(deviation, parse.GetValue(deviation)));
            if (deviations?.Any(each => each <= 0) == true) throw new UsageException($"--std cannot be {parse.GetValue(deviation)}", "each channel is divided by its deviation", "give deviations above 0");
            var foreign = ForeignWeights.Read(path);
            var architecture = Network(parse.GetRequiredValue(net), foreign, side);
            var model = Describe(architecture, labels, OfChannels(mean, means, architecture, 0), OfChannels(deviation, deviations, architecture, 1));
            var tensors = parse.GetValue(bgr) ? ChannelOrder.Reversed(foreign.For(architecture), architecture) : foreign.For(architecture);
            var (run, result) = NewModel.Write(parse.GetValue(folder), "import", Path.GetFileNameWithoutExtension(path), new(path, model, tensors));
            output.Answer(new { run_dir = run.Path, network = architecture.Name, parameters = architecture.Plan().Parameters, classes = model.LabelNames, export = result },
            [
                $"imported  {run.Path}: {architecture.Name}, {NumberText.Count(architecture.Plan().Parameters)} parameters, {model.NumClasses} classes",
                .. ExportText.Lines(result),
            ]);
            output.Remark($"next: nin eval {ShellWord.Quoted(run.Path)} <data>, nin predict {ShellWord.Quoted(run.Onnx)} <pictures>");
            return 0;
        });
        return command;
    }

    private static Architecture Network(string name, ForeignWeights weights, int? side)
    {
        if (!name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return weights.Fit(Catalogue.Find(name), side);
        var own = ArchitectureJson.Read(name);
        return side is { } pixels ? own with { Input = own.Input with { Height = pixels, Width = pixels } } : own;
    }

    private static string[]? Names(string? typed)
    {
        if (typed?.Split(',', StringSplitOptions.TrimEntries) is not { } names) return null;
        if (names.Contains("")) throw new UsageException($"--names cannot be '{typed}'", "a class has no name", "give each a name, with commas between them");
        return names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice ? throw new UsageException($"--names gives {twice.Key} twice", "classes are told apart by their names", "give each a name of its own") : names;
    }

    private static ModelDescription Describe(Architecture architecture, string[]? names, ImmutableArray<double> mean, ImmutableArray<double> deviation)
    {
        var classes = architecture.Classes;
        var labels = names ?? [.. Enumerable.Range(0, classes).Select(label => $"{label}")];
        if (labels.Length != classes) throw new UsageException($"--names gives {labels.Length} names", $"the weights tell {classes} classes apart", $"give {classes} names with commas between them");
        return new() { Architecture = architecture, NumClasses = classes, LabelNames = [.. labels], InputSize = architecture.Input, Mean = mean, Std = deviation };
    }

    private static double[]? Numbers(Option<string> option, string? typed) =>
        typed is null ? null : [.. typed.Split(',').Select(each => double.Parse(FlagValue.Number.Parse(option.Name, option.Description!, each)))];

    private static ImmutableArray<double> OfChannels(Option<string> option, double[]? typed, Architecture architecture, double otherwise)
    {
        var channels = architecture.Input.Channels;
        var values = typed ?? [.. Enumerable.Repeat(otherwise, channels)];
        return values.Length == channels ? [.. values] : throw new UsageException($"{option.Name} gives {values.Length} values", $"the network takes {channels} channels", $"give {channels} numbers with commas between them");
    }
}
