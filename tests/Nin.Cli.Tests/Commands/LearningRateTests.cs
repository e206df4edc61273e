using Nin.Cli.Commands;
using Nin.Cli.Consoles;

namespace Nin.Cli.Tests.Commands;

public sealed class LearningRateTests
{
    [Theory]
    [InlineData("lr-find", "nin train")]
    [InlineData("lr-find mnist --net nin-mnist --steps 50 --out rates.png", "nin train mnist --net nin-mnist")]
    [InlineData("lr-find ./photos --config cifar10 --optimizer sgd", "nin train ./photos --config cifar10 --optimizer sgd")]
    [InlineData("lr-find --set optimizer.learning_rate=9 --set loss.label_smoothing=0.1 --set seed=2", "nin train --set loss.label_smoothing=0.1 --set seed=2")]
    public void The_rate_is_suggested_for_the_training_that_it_was_sought_for(string line, string training)
    {
        var parse = NinCommandLine.Root(new Output(new CapturedTerminal().Terminal)).Parse(line.Split(' '));
        Assert.Empty(parse.Errors);
        Assert.Equal(training, LearningRateCommand.Training(parse));
    }
}
