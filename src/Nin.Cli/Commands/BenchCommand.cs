using System.CommandLine;
using Nin.Architectures;
using Nin.Cli.Benching;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Predicting;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Recipes;
using Nin.Training.Distributed;
using Nin.Training.Profiling;

namespace Nin.Cli.Commands;

/// <summary><c>nin bench</c>: how fast a network trains, a model runs, or a server answers, on this machine.</summary>
internal static class BenchCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var target = new Argument<string>("network") { Description = "network of the catalogue, a JSON file, or a recipe: training steps; a model.onnx: its runs; http://…: a server under load" }.OffersNetworks();
        var profile = TypedFlag.Switch("--profile", "training: time, GFLOP/s, bytes and share of every operation");
        var scaling = TypedFlag.Switch("--scaling", "training, under mpirun: what communication costs, and how fast up to 64 machines would be");
        var batch = new Option<string>("--batch") { Description = "images in a step or run; 128 when training, else 32", HelpName = "n" };
        var steps = new Option<string>("--steps") { Description = "training: steps to measure, after three seconds of them to warm up; 10 when left out", HelpName = "n" };
        var precision = TypedFlag.Choice<Precision>("--precision", "training: arithmetic of the network");
        var threads = new Option<string>("--threads") { Description = "threads; 0 uses every core", HelpName = "n" };
        var seconds = new Option<string>("--seconds") { Description = "model, server: how long to measure; 10 when left out", HelpName = "n" };
        var clients = new Option<string>("--clients") { Description = "server: clients at once; 32 when left out", HelpName = "n" };
        var images = new Option<string>("--images") { Description = "server: images in a request; 1 when left out", HelpName = "n" };
        var route = TypedFlag.Choice<LoadRoute>("--route", "server: what to ask for; both when left out");
        var model = new Option<string>("--model") { Description = "server: the model; its first when left out", HelpName = "name" };
        var against = new Option<string>("--against") { Description = "server: the model.onnx that it serves, to be run alone in turns", HelpName = "model.onnx" };
        var pictures = new Option<string>("--pictures") { Description = "model, server: folder of pictures; nin's samples when left out", HelpName = "folder" };
        var command = new NinCommand("bench", "measures how fast a network trains, a model runs, or a server answers",
            new("nin bench nin-cifar10", "images a second of whole training steps, on noise"),
            new("nin bench --profile nin-cifar10", "the same, operation by operation"),
            new("nin bench --profile fashion-mnist --threads 1", "a recipe, with its optimizer and augmentation, on one core"),
            new("nin bench model.onnx --batch 32", "a model, beside ONNX Runtime alone"),
            new("nin bench http://127.0.0.1:8080 --clients 64", "a server under load: both of its ways to classify"))
        {
            target, profile, scaling, batch, steps, precision, threads, seconds, clients, images, route, model, pictures, against,
        };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(target);
            if (parse.GetValue(scaling))
            {
                parse.OnlyHeeds(scaling.Name, scaling, batch, steps, precision, threads);
                return Job.Run(output, (ranks, own) => Scale(parse, name, ranks, own));
            }
            if (Uri.TryCreate(name, UriKind.Absolute, out var server) && server.Scheme is "http" or "https") Server(parse, server);
            else if (name.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) Model(parse, name);
            else Network(parse, name);
            return 0;
        });
        return command;

        LoadOptions Load(ParseResult parse, Uri server) => new()
        {
            Server = server,
            Route = LoadRoute.Infer,
            Model = parse.GetValue(model),
            Clients = clients.Whole(parse, 32),
            Duration = TimeSpan.FromSeconds(seconds.Whole(parse, 10)),
            Images = images.Whole(parse, 1),
            Pictures = parse.GetValue(pictures) is { } folder ? [.. PictureSource.Expand([folder])] : [],
            ApiKey = ServerKey.Read(),
        };

        void Server(ParseResult parse, Uri address)
        {
            parse.OnlyHeeds("a server", seconds, clients, images, route, model, pictures, against);
            if (address.Scheme == "https") throw new UsageException($"{address} cannot be measured", "its load speaks plain HTTP, as nin serve does", "name the server itself, not the proxy before it: nin bench http://127.0.0.1:8080");
            IReadOnlyList<LoadRoute> routes = route.OneOf<LoadRoute>(parse) is { } only ? [only] : Enum.GetValues<LoadRoute>();
            var speed = ServerBench.Measure(Load(parse, address), routes, parse.GetValue(against));
            output.Answer(speed, ServerSpeedText.Lines(speed));
        }

        void Model(ParseResult parse, string path)
        {
            parse.OnlyHeeds("a model", batch, threads, seconds, pictures);
            var folder = parse.GetValue(pictures);
            var picture = (folder is null ? SamplePictures.All() : [.. PictureSource.Expand([folder])])[0];
            var speed = ModelBench.Measure(path, batch.Whole(parse, 32), threads.Threads(parse), TimeSpan.FromSeconds(seconds.Whole(parse, 10)), picture);
            output.Answer(speed, ModelSpeedText.Lines(speed));
        }

        void Network(ParseResult parse, string name)
        {
            parse.OnlyHeeds("a training", profile, batch, steps, precision, threads);
            var measured = StepProfile.Measure(Settings(parse, name), steps.Whole(parse, 10));
            output.Answer(measured, parse.GetValue(profile) ? [.. ProfileText.Table(measured), "", .. ProfileText.Summary(measured)] : ProfileText.Summary(measured));
        }

        int Scale(ParseResult parse, string name, Ranks ranks, Output own)
        {
            if (ranks.Count == 1) throw new UsageException("--scaling needs more than one process", "it measures the network between them", $"mpirun -n 2 nin bench --scaling {ShellWord.Quoted(name)}");
            var settings = Settings(parse, name);
            var measured = ScalingForecast.Measure(settings.Threads > 0 ? settings : settings with { Threads = ranks.Threads }, ranks, steps.Whole(parse, 10));
            own.Answer(measured, ScalingText.Lines(measured));
            return 0;
        }

        ProbeSettings Settings(ParseResult parse, string name)
        {
            var recipe = ConfigFiles.Names().Contains(name, StringComparer.OrdinalIgnoreCase) ? OptionsReader.Read(new(), name, []) : null;
            var settings = recipe is not null ? OfRecipe(recipe) : OfNetwork(name);
            return settings with
            {
                Batch = batch.Whole(parse, settings.Batch),
                Precision = precision.OneOf<Precision>(parse) ?? Precision.Auto,
                Threads = threads.Threads(parse),
            };
        }
    }

    private static ProbeSettings OfNetwork(string name)
    {
        var architecture = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ArchitectureJson.Read(name) : Catalogue.Find(name).Build();
        return new() { Network = name, Input = architecture.Input, Classes = architecture.Classes };
    }

    private static ProbeSettings OfRecipe(TrainingOptions recipe)
    {
        var data = DataCatalogue.Find(recipe.Data);
        var input = recipe.ImageSize is { } side ? data.Shape with { Height = side, Width = side } : data.Shape;
        return new() { Network = recipe.Network, Input = input, Stored = data.Shape, Classes = data.Classes, Recipe = recipe, Batch = recipe.Batch };
    }
}
