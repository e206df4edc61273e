namespace Nin.Reports.Experiments;

/// <summary>A line of <see cref="ErrorDotsPlot"/>. Errors in 0..1; null where there is none.</summary>
/// <param name="Label">What was tested.</param>
/// <param name="Published">Elsewhere.</param>
/// <param name="Ours">Here.</param>
/// <param name="Low">The lower end of its 95 % interval.</param>
/// <param name="High">The upper end.</param>
public sealed record ErrorRow(string Label, double? Published, double? Ours = null, double? Low = null, double? High = null);
