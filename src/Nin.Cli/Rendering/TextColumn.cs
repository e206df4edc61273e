using Spectre.Console;
using Spectre.Console.Rendering;

namespace Nin.Cli.Rendering;

/// <summary>A column of the progress bar that shows whatever its text is at the moment.</summary>
internal sealed class TextColumn(Func<string> text) : ProgressColumn
{
    /// <inheritdoc />
    protected override bool NoWrap => true;

    /// <inheritdoc />
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(text());
}
