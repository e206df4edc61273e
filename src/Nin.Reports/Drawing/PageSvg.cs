using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace Nin.Reports.Drawing;

/// <summary>Makes Skia's SVG fit for a page: it scales with its column, follows light and dark, and speaks to screen readers.</summary>
internal static class PageSvg
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string From(string skia, int width, int height, string title, string description)
    {
        var root = XDocument.Parse(skia).Root!;
        foreach (var text in root.Descendants(Svg + "text").ToList())
            Relax(text);
        foreach (var element in root.DescendantsAndSelf())
            UseVariables(element);
        KeepNamesApart(root, prefix: string.Concat(title.Where(char.IsAsciiLetter)));
        root.ReplaceAttributes(
            new XAttribute("xmlns", Svg.NamespaceName),
            new XAttribute("viewBox", $"0 0 {width} {height}"), new XAttribute("role", "img"), new XAttribute("aria-label", $"{title}. {description}"));
        root.AddFirst(new XElement(Svg + "title", title));
        return root.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>
    /// Skia places every letter by the metrics of the picture's font. The page sets text in the reader's font: the first letter's place and the
    /// width of the whole are kept, the rest is the browser's.
    /// </summary>
    private static void Relax(XElement text)
    {
        var content = text.Value.Trim();
        var size = float.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
        var bold = text.Attribute("font-weight") is { } weight && weight.Value is not ("normal" or "400");
        using var font = new SKFont(Typefaces.For(content, bold), size);
        foreach (var coordinate in new[] { "x", "y" })
            if (text.Attribute(coordinate) is { } places)
                places.Value = places.Value.Split(',')[0].Trim();
        text.SetAttributeValue("textLength", font.MeasureText(content).ToString("0.##", CultureInfo.InvariantCulture));
        text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
        text.SetAttributeValue("font-family", null);
        text.SetAttributeValue("font-weight", bold ? "600" : null);
        text.Value = content;
    }

    private static void UseVariables(XElement element)
    {
        foreach (var name in new[] { "fill", "stroke" })
        {
            var attribute = element.Attribute(name);
            var ink = attribute is null ? null : Ink.All.FirstOrDefault(ink => ink.Light.Equals(attribute.Value, StringComparison.OrdinalIgnoreCase));
            if (ink is not null)
                attribute!.Value = $"var(--{ink.Role})";
        }
    }

    /// <summary>Skia numbers clip paths anew in each picture; in a page all of them share one space of names.</summary>
    private static void KeepNamesApart(XElement root, string prefix)
    {
        foreach (var attribute in root.Descendants().Attributes())
        {
            if (attribute.Name == "id")
                attribute.Value = $"{prefix}-{attribute.Value}";
            else if (attribute.Name == "clip-path")
                attribute.Value = attribute.Value.Replace("url(#", $"url(#{prefix}-");
        }
    }
}
