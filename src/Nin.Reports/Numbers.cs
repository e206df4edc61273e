using static System.FormattableString;

namespace Nin.Reports;

/// <summary>How pictures and pages write numbers, whatever the culture of the program.</summary>
internal static class Numbers
{
    /// <summary>0.9342 as "93.4 %", with a no-break space.</summary>
    public static string Percent(double share) => Invariant($"{100 * share:0.0}\u00A0%");

    /// <summary>0.23456 as "0.235"; of a run that diverged, words.</summary>
    public static string Loss(double loss) => double.IsFinite(loss) ? Invariant($"{loss:0.000}") : "not a number";

    /// <summary>1234567 as "1,234,567".</summary>
    public static string Count(long value) => Invariant($"{value:#,0}");

    /// <summary>151 as "2 min 31 s".</summary>
    public static string Duration(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalHours: >= 1 } time => $"{(int)time.TotalHours}\u00A0h {time.Minutes:00}\u00A0min",
        { TotalMinutes: >= 1 } time => $"{time.Minutes}\u00A0min {time.Seconds:00}\u00A0s",
        var time => Invariant($"{time.TotalSeconds:0.0}\u00A0s"),
    };
}
