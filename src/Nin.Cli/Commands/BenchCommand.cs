using System.CommandLine;
using Nin.Architectures;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Recipes;
using Nin.Training.Distributed;
using Nin.Training.Profiling;

namespace Nin.Cli.Commands;

/// <summary><c>nin bench</c>: how fast a network trains on this machine, and where the time goes.</summary>
internal static class BenchCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var network = new Argument<string>("network") { Description = "network of the catalogue, or a JSON file" };
        var profile = new Option<bool>("--profile") { Description = "time, GFLOP/s, bytes and share of every operation", Arity = ArgumentArity.Zero };
        var scaling = new Option<bool>("--scaling") { Description = "what communication costs and how fast up to 64 machines would be: mpirun -n 2 nin bench --scaling nin-cifar10", Arity = ArgumentArity.Zero };
        var batch = new Option<string>("--batch") { Description = "images in a step", HelpName = "n" };
        var steps = new Option<string>("--steps") { Description = "steps to measure, after ten to warm up", HelpName = "n" };
        var precision = new Option<string>("--precision") { Description = "arithmetic of the network", HelpName = FlagValue.OneOf<Precision>().Name };
        var threads = new Option<string>("--threads") { Description = "threads; 0 uses every core", HelpName = "n" };
        var command = new NinCommand("bench", "measures how fast a network trains here, on noise",
            new("nin bench nin-cifar10", "images a second of whole training steps"),
            new("nin bench --profile nin-cifar10", "the same, operation by operation"),
            new("nin bench --profile nin-d2l --batch 32 --steps 5", "fewer and smaller steps"),
            new("nin bench --profile my-net.json --precision fp32 --threads 1", "a network of your own, on one core"))
        {
            network, profile, scaling, batch, steps, precision, threads,
        };
        command.SetAction(parse => parse.GetValue(scaling) ? Job.Run(output, (ranks, own) => Scale(parse, ranks, own)) : Profile(parse));
        return command;

        int Profile(ParseResult parse)
        {
            var measured = StepProfile.Measure(Settings(parse), Counted(parse, steps, 10));
            output.Answer(measured, parse.GetValue(profile) ? [.. ProfileText.Table(measured), "", .. ProfileText.Summary(measured)] : ProfileText.Summary(measured));
            return 0;
        }

        int Scale(ParseResult parse, Ranks ranks, Output own)
        {
            if (ranks.Count == 1) throw new UsageException("--scaling needs more than one process", "it measures the network between them", "mpirun -n 2 nin bench nin-cifar10 --scaling");
            var settings = Settings(parse);
            var measured = ScalingForecast.Measure(settings.Threads > 0 ? settings : settings with { Threads = ranks.Threads }, ranks, Counted(parse, steps, 10));
            own.Answer(measured, ScalingText.Lines(measured));
            return 0;
        }

        ProbeSettings Settings(ParseResult parse)
        {
            var name = parse.GetRequiredValue(network);
            var architecture = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ArchitectureJson.Read(name) : Catalogue.Find(name).Build();
            return new()
            {
                Network = name,
                Input = architecture.Input,
                Classes = architecture.Classes,
                Batch = Counted(parse, batch, 128),
                Precision = Enum.Parse<Precision>(Read(parse, precision, FlagValue.OneOf<Precision>()) ?? nameof(Precision.Auto), ignoreCase: true),
                Threads = int.Parse(Read(parse, threads, FlagValue.Whole) ?? "0"),
            };
        }
    }

    private static int Counted(ParseResult parse, Option<string> option, int otherwise)
    {
        var number = int.Parse(Read(parse, option, FlagValue.Whole) ?? $"{otherwise}");
        return number > 0 ? number : throw new UsageException($"{option.Name} cannot be {number}", "there must be something to measure", $"for example {option.Name} {otherwise}");
    }

    private static string? Read(ParseResult parse, Option<string> option, FlagValue value) =>
        parse.GetValue(option) is { } typed ? value.Parse(option.Name, option.Description!, typed) : null;
}
