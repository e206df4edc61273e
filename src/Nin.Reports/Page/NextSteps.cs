namespace Nin.Reports.Page;

/// <summary>The commands to go on with.</summary>
internal static class NextSteps
{
    public static Section? Of(ReportContent content)
    {
        if ((content.Ended?.RunDir ?? content.Started?.RunDir) is not { Length: > 0 } directory)
            return null;
        var run = ShellWord.Quoted(directory);
        (string Why, string Command)[] steps = content.Ended?.StoppedBecause switch
        {
            "interrupted" or "terminated" => [("Go on with it", $"nin train --resume {run}")],
            "collapsed" or "diverged" => [],
            _ =>
            [
                ("Test the model again", $"nin eval {run}"),
                ("Train it further", $"nin train --resume {run} --epochs {2 * Math.Max(1, content.Started?.Epochs ?? content.Epochs.Count)}"),
            ],
        };
        return steps.Length == 0 ? null : new("Go on", Html.Of($"""
            <dl class="steps">
            {steps.Select(step => Html.Of($"<dt>{step.Why}</dt><dd><code>{step.Command}</code></dd>"))}
            </dl>
            """));
    }
}
