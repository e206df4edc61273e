namespace Nin.Cli.Rendering;

/// <summary>Numbers as every table and line shows them.</summary>
internal static class NumberText
{
    /// <summary>0.9412 as 94.12 %; a dash for none.</summary>
    public static string Percent(double? share) => share is { } value ? $"{value * 100:0.00} %" : "-";

    /// <summary>Four decimals; a dash for none.</summary>
    public static string Loss(double? loss) => loss is { } value ? $"{value:0.0000}" : "-";

    /// <summary>Thousands apart.</summary>
    public static string Count(double count) => $"{count:#,0}";

    /// <summary>Four digits that count.</summary>
    public static string Rate(double rate) => $"{rate:G4}";

    /// <summary>0:32, 12:05, 1:02:03.</summary>
    public static string Duration(double seconds)
    {
        if (!double.IsFinite(seconds)) return "-";
        var time = TimeSpan.FromSeconds(Math.Round(Math.Clamp(seconds, 0, 1e8)));
        return time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time:mm\\:ss}" : $"{time:m\\:ss}";
    }
}
