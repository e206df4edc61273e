using Nin.Reports.Drawing;
using SkiaSharp;

namespace Nin.Reports.Tests.Drawing;

public sealed class TypefacesTests
{
    [Fact]
    public void Text_is_drawn_from_the_font_in_the_assembly_not_from_the_system()
    {
        Assert.Equal("Inter", Typefaces.For("Accuracy").FamilyName);
        Assert.Equal("Inter", ScottPlotFont().FamilyName);
        Assert.Contains("SIL OPEN FONT LICENSE", Licence());

        static SKTypeface ScottPlotFont()
        {
            Typefaces.Register();
            return ScottPlot.Fonts.GetTypeface(Typefaces.Family, bold: false, italic: false);
        }
        static string Licence() => new StreamReader(typeof(Typefaces).Assembly.GetManifestResourceStream("LICENSE.txt")!).ReadToEnd();
    }

    [Fact]
    public void Letters_that_no_font_has_do_not_stop_a_picture() => Assert.NotNull(Typefaces.For("猫 \U0010FFFF"));

    [Fact]
    public void Every_ink_has_a_colour_of_its_own() => Assert.Distinct(Ink.All.Select(ink => ink.Light));
}
