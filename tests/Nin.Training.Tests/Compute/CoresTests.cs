using Nin.Training.Compute;

namespace Nin.Training.Tests.Compute;

public sealed class CoresTests
{
    [Fact]
    public void Every_part_is_worked_on_once()
    {
        Cores.Use(5);
        try
        {
            var seen = new int[13];
            for (var round = 1; round <= 200; round++)
            {
                Cores.For(seen.Length, (first, end) =>
                {
                    for (var i = first; i < end; i++) Interlocked.Increment(ref seen[i]);
                });
                Assert.All(seen, count => Assert.Equal(round, count));
            }
        }
        finally
        {
            Cores.Use(0);
        }
    }

    [Fact]
    public void A_new_team_does_its_first_work()
    {
        for (var i = 0; i < 50; i++)
        {
            var sum = 0;
            new Team(2).Run(2, part => Interlocked.Add(ref sum, part));
            Assert.Equal(1, sum);
        }
    }

    [Fact]
    public void A_part_that_throws_is_heard_and_the_team_works_on()
    {
        var team = new Team(3);
        for (var round = 0; round < 3; round++)
        {
            Assert.Throws<FormatException>(() => team.Run(3, part =>
            {
                if (part == 2) throw new FormatException();
            }));
        }
        var sum = 0;
        team.Run(3, part => Interlocked.Add(ref sum, part));
        Assert.Equal(3, sum);
    }

    [Fact]
    public void The_cause_is_heard_though_parts_that_it_let_go_end_before_it() =>
        Assert.Throws<FormatException>(() => new Team(2).Run(2, part =>
        {
            if (part == 0) throw new OperationCanceledException();
            Thread.Sleep(30);
            throw new FormatException();
        }));
}
