using System.CommandLine;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Rendering;
using Nin.Data;
using Nin.Files;
using Nin.Reports.Curves;
using Nin.Runs;
using Nin.Training;

namespace Nin.Cli.Commands;

/// <summary><c>nin lr-find</c>: draws the loss against the learning rate and suggests one.</summary>
internal static class LearningRateCommand
{
    private const int DefaultSteps = 120;

    private static readonly string[] _flags = ["--net", "--batch", "--image-size", "--fit", "--val-dir", "--optimizer", "--momentum", "--weight-decay", "--fraction", "--seed", "--device", "--threads", "--precision"];

    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var steps = new Option<string>("--steps") { Description = $"steps from the lowest rate to the highest; {DefaultSteps} when left out", HelpName = "n" };
        var path = new Option<string>("--out") { Description = "picture to write; lr-find.png when left out", HelpName = "file" };
        var command = new NinCommand("lr-find", "draws loss against learning rate and suggests a rate",
            new("nin lr-find", "for the default job"),
            new("nin lr-find ./photos", "for your own images"),
            new("nin lr-find mnist --net nin-mnist --out rates.png", "for another data set and network"));
        TrainRequest.AddTarget(command);
        foreach (var flag in TrainingFlag.All.Where(flag => _flags.Contains(flag.Flag))) command.Add(flag.ToOption());
        command.Add(TrainRequest.SetOption());
        command.Add(steps);
        command.Add(path);
        command.SetAction(parse => Find(parse, steps.Whole(parse, DefaultSteps, least: 10, most: 10_000), parse.GetValue(path) ?? "lr-find.png", output));
        return command;
    }

    private static int Find(ParseResult parse, int steps, string picture, Output output)
    {
        var (target, changes) = TrainRequest.Recipe(parse);
        var (options, data) = TrainingData.Load(target, changes, begun: null, output);
        foreach (var remark in data.Remarks) output.Remark(remark);
        var done = 0;
        var search = new WorkDisplay(output).During(report => LearningRateFinder.Search(options, data, steps, point =>
            report(new($"rate {NumberText.Rate(point.LearningRate)}, loss {NumberText.Loss(point.Smoothed)}", ++done, steps, ProgressUnit.Steps))));
        var png = LearningRatePlot.Png(search);
        AtomicFile.Write(picture, stream => stream.Write(png));
        output.Answer(search, Lines(search, Training(parse), picture));
        return 0;
    }

    /// <summary>The training that a rate was sought for: the same target, the same flags.</summary>
    public static string Training(ParseResult parse)
    {
        var flags = from option in parse.CommandResult.Command.Options
                    where option.Name is not ("--steps" or "--out")
                    from token in parse.GetResult(option)?.Tokens ?? []
                    where !token.Value.StartsWith("optimizer.learning_rate=", StringComparison.Ordinal) // It would win over --lr.
                    from word in new[] { option.Name, token.Value }
                    select word;
        return string.Join(' ', new[] { parse.GetValue<string>("target") }.OfType<string>().Concat(flags).Select(ShellWord.Quoted).Prepend("nin train"));
    }

    private static IEnumerable<string> Lines(LearningRateSearch search, string training, string picture) => TextTable.Pairs(
    [
        ("suggested", search.Suggested is { } rate ? $"{rate:0.######}" : "none: the loss did not fall at any rate; check the data and the network"),
        ("tried", search.Points.IsEmpty ? "none: the first step diverged" : $"{search.Points[0].LearningRate:0.######} to {search.Points[^1].LearningRate:0.###}{(search.Diverged ? ", where the loss diverged" : "")}"),
        ("picture", picture),
        .. search.Suggested is { } tried ? [("next", $"{training} --lr {tried:0.######}")] : Array.Empty<(string, string)>(),
    ]);
}
