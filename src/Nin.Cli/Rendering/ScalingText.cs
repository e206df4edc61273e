using Nin.Training.Distributed;

namespace Nin.Cli.Rendering;

/// <summary>What ranks measured, and what that means for more machines.</summary>
internal static class ScalingText
{
    /// <summary>Measurements, then a row for every number of machines.</summary>
    public static IEnumerable<string> Lines(ScalingForecast f)
    {
        var megabytes = f.GradientBytes / 1e6;
        var networks = f.Points.Select(point => point.Gigabits).Distinct().ToArray();
        return
        [
            $"{f.Network}: {f.Arithmetic}, {f.Ranks} ranks of {Counted.Of(f.Threads, "thread")}, {megabytes:0.00} MB of gradients",
            $"a rank alone:  {f.MsAStep:0.0} ms a step and {f.MsAnImage:0.000} ms an image",
            $"the network:   {f.Link.LatencySeconds * 1e6:0.0} us a message and {f.Link.BytesPerSecond * 8 / 1e9:0.00} Gbit/s; {f.Link.StepSeconds(f.Ranks, f.GradientBytes) * 1000:0.0} ms a step",
            $"all together:  {NumberText.Count(f.MeasuredImagesPerSecond)} images/s at batch {f.Batch}, {NumberText.Count(f.PredictedImagesPerSecond)} predicted; {NumberText.Percent(f.CommunicationShare)} of the time in communication",
            "",
            $"images/s predicted for machines like one of these ranks, with {f.Link.LatencySeconds * 1e6:0.0} us a message",
            .. TextTable.Lines(
                [">machines", .. networks.Select(gigabits => $">batch {f.Batch}, {gigabits:0} Gbit/s"), .. networks.Select(gigabits => $">{f.Batch} each, {gigabits:0} Gbit/s")],
                f.Points.GroupBy(point => point.Machines).Select(row => (string[])[$"{row.Key}", .. row.Select(point => NumberText.Count(point.SameBatch)), .. row.Select(point => NumberText.Count(point.BatchEach))])),
        ];
    }
}
