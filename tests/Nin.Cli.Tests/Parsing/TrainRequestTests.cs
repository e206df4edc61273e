using Nin.Cli.Consoles;
using Nin.Cli.Parsing;

namespace Nin.Cli.Tests.Parsing;

public sealed class TrainRequestTests
{
    [Theory]
    [InlineData("--net", "nin-cifar10", "network", "nin-cifar10")]
    [InlineData("--epochs", "5", "epochs", "5")]
    [InlineData("--time", "90s", "time_minutes", "1.5")]
    [InlineData("--batch", "64", "batch", "64")]
    [InlineData("--image-size", "96", "image_size", "96")]
    [InlineData("--lr", "0.05", "optimizer.learning_rate", "0.05")]
    [InlineData("--lr", "-1", "optimizer.learning_rate", "-1")]
    [InlineData("--optimizer", "adamw", "optimizer.kind", "adam-w")]
    [InlineData("--schedule", "onecycle", "schedule.kind", "one-cycle")]
    [InlineData("--momentum", "0.8", "optimizer.momentum", "0.8")]
    [InlineData("--weight-decay", "5e-4", "optimizer.weight_decay", "0.0005")]
    [InlineData("--patience", "3", "patience", "3")]
    [InlineData("--val", "20%", "validation", "0.2")]
    [InlineData("--seed", "7", "seed", "7")]
    [InlineData("--device", "cuda:1", "device", "cuda:1")]
    [InlineData("--threads", "2", "threads", "2")]
    [InlineData("--precision", "bf16", "precision", "bf16")]
    [InlineData("--fraction", "0.1", "fraction", "0.1")]
    [InlineData("--name", "trial", "name", "trial")]
    [InlineData("--on-collapse", "restart", "on_collapse", "restart")]
    [InlineData("--fit", "stretch", "fit", "stretch")]
    [InlineData("--val-dir", "checking", "val_dir", "checking")]
    [InlineData("--checkpoint-every", "90s", "checkpoint_minutes", "1.5")]
    [InlineData("--sync-batch-norm", null, "sync_batch_norm", "true")]
    [InlineData("--set", "optimizer.nesterov=true", "optimizer.nesterov", "true")]
    public void A_flag_stands_for_an_option(string flag, string? typed, string path, string value) =>
        Assert.Equal([new(path, value)], Parse(["train", flag, .. typed is null ? [] : new[] { typed }]).Overrides);

    [Fact]
    public void Every_flag_of_the_table_is_tested_by_its_path_in_the_options()
    {
        var tested = typeof(TrainRequestTests).GetMethod(nameof(A_flag_stands_for_an_option))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(row => row.Data[0]).ToHashSet();
        foreach (var flag in TrainingFlag.All)
        {
            Assert.Contains(flag.Flag, tested);
            var type = typeof(Nin.Recipes.TrainingOptions);
            foreach (var part in flag.Path.Split('.'))
            {
                var property = type.GetProperties().SingleOrDefault(each => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(each.Name) == part);
                Assert.True(property is not null, $"{flag.Flag}: TrainingOptions has no {flag.Path}");
                type = property.PropertyType;
            }
        }
    }

    [Fact]
    public void Set_wins_over_flags_and_flags_over_the_target()
    {
        var request = Parse("train", "cifar100-coarse", "--set", "name=third", "--name", "second");
        Assert.Equal(["cifar100-coarse", "second", "third"], request.Overrides.Where(pair => pair.Key == "name").Select(pair => pair.Value));
    }

    [Fact]
    public void A_bare_train_is_the_default_job()
    {
        var request = Parse("train");
        Assert.Equal(new TrainTarget("fashion-mnist", null, null), request.Target);
        Assert.Empty(request.Overrides);
        Assert.True(request.Report);
        Assert.Null(request.RunsRoot);
    }

    [Fact]
    public void No_report_and_out_are_heard()
    {
        var request = Parse("train", "--no-report", "--out", "elsewhere");
        Assert.False(request.Report);
        Assert.Equal("elsewhere", request.RunsRoot);
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("--config", "mnist")]
    [InlineData("--scale-lr")]
    public void A_resumed_run_takes_no_other_recipe(params string[] more) =>
        Assert.Contains(more[0], Assert.Throws<UsageException>(() => Parse(["train", "--resume", "run", .. more])).Message, StringComparison.Ordinal);

    private static TrainRequest Parse(params string[] args)
    {
        var parse = NinCommandLine.Root(Output.For(args, new CapturedTerminal().Terminal)).Parse(args);
        Mistakes.Check(parse);
        return TrainRequest.Of(parse);
    }
}
