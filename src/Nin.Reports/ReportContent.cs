using Nin.Architectures;
using Nin.Evaluation;
using Nin.Runs;

namespace Nin.Reports;

/// <summary>Everything that a run's report tells. What is missing is left out of the report.</summary>
public sealed record ReportContent
{
    /// <summary>Of the run, as its folder is called.</summary>
    public required string Name { get; init; }

    /// <summary>What was run.</summary>
    public RunStarted? Started { get; init; }

    /// <summary>First to last.</summary>
    public IReadOnlyList<EpochEnded> Epochs { get; init; } = [];

    /// <summary>Whether what stands for the validation in <see cref="Epochs"/> was the test, for curves; it chooses nothing.</summary>
    public bool WatchesTest { get; init; }

    /// <summary>What the epochs were judged on.</summary>
    internal string Judge => WatchesTest ? "test" : "validation";

    /// <summary>How the model did on the test images.</summary>
    public EvaluationResult? Test { get; init; }

    /// <summary>The network.</summary>
    public Architecture? Architecture { get; init; }

    /// <summary>How the run ended.</summary>
    public RunEnded? Ended { get; init; }

    /// <summary>Machine and versions, in order.</summary>
    public IReadOnlyList<Setting> Environment { get; init; } = [];

    /// <summary>Further sections, such as class maps, after those about the test.</summary>
    public IReadOnlyList<ReportSection> Sections { get; init; } = [];
}

/// <summary>A section of a report that is made elsewhere.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Html">What stands below the title, as well-formed markup. Its author escapes it; images come as <c>data:</c> addresses with an <c>alt</c>.</param>
public sealed record ReportSection(string Title, string Html)
{
    /// <summary>A section of one drawing.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="svg">One or more SVG elements.</param>
    /// <param name="caption">Plain text; empty where the drawing says it all.</param>
    public static ReportSection OfDrawing(string title, string svg, string caption = "") => new(title, Page.Html.Of(
        $"""<figure>{new Page.Html(svg)}{(caption == "" ? null : Page.Html.Of($"<figcaption>{caption}</figcaption>"))}</figure>""").Markup);

    /// <summary>A section of one picture.</summary>
    /// <param name="title">Plain text.</param>
    /// <param name="png">The picture.</param>
    /// <param name="caption">Plain text; it stands in for the picture where that cannot be seen.</param>
    public static ReportSection OfPicture(string title, byte[] png, string caption) => new(title, Page.Html.Of(
        $"""<figure><img src="data:image/png;base64,{Convert.ToBase64String(png)}" alt="{title}. {caption}" /><figcaption>{caption}</figcaption></figure>""").Markup);
}
