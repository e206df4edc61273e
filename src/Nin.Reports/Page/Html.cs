using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Nin.Reports.Drawing;

namespace Nin.Reports.Page;

/// <summary>Markup. Text becomes markup only through <see cref="Of"/>, which escapes what is filled in.</summary>
internal sealed record Html(string Markup)
{
    /// <summary>A template: its own text stands as it is, values are escaped, <see cref="Html"/> is not escaped again.</summary>
    public static Html Of(EscapingHandler template) => new(template.ToString());

    public override string ToString() => Markup;

    [InterpolatedStringHandler]
    public readonly struct EscapingHandler(int literalLength, int formattedCount)
    {
        private readonly StringBuilder markup = new(literalLength + 16 * formattedCount);

        public void AppendLiteral(string literal) => markup.Append(literal);

        public void AppendFormatted(Html? html) => markup.Append(html?.Markup);

        public void AppendFormatted(IEnumerable<Html> parts) => markup.AppendJoin("\n", parts);

        public void AppendFormatted(string? text) => markup.Append(WebUtility.HtmlEncode(Printable.Text(text ?? "")));

        public void AppendFormatted<T>(T value, string? format = null) where T : struct, IFormattable =>
            AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => markup.ToString();
    }
}
