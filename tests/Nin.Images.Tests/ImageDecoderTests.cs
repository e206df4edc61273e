using System.Buffers.Binary;
using Nin.Images.Tests.Pictures;

namespace Nin.Images.Tests;

/// <summary>Every kind of picture becomes the bytes that Pillow makes of it.</summary>
public sealed class ImageDecoderTests
{
    public static TheoryData<string> Names { get; } = [.. ExpectedPicture.All.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void Colours_are_those_of_Pillow(string name) => AssertLikePillow(name, channels: 3);

    [Theory, MemberData(nameof(Names))]
    public void Grey_is_that_of_Pillow(string name) => AssertLikePillow(name, channels: 1);

    [Theory]
    [InlineData("orientation-6.jpg", "jpeg", 16, 24, false)]
    [InlineData("colour.webp", "webp", 24, 16, false)]
    [InlineData("grey.jpg", "jpeg", 24, 16, true)]
    [InlineData("grey.png", "png", 24, 16, true)]
    [InlineData("grey-16-bits.png", "png", 24, 16, true)]
    [InlineData("palette.gif", "gif", 24, 16, false)]
    public void A_header_tells_format_upright_size_and_greyness(string name, string format, int width, int height, bool isGrey) =>
        Assert.Equal(new ImageHeader(format, width, height, isGrey), ImageDecoder.ReadHeader(File.ReadAllBytes(ExpectedPicture.PathOf(name)), name));

    [Theory]
    [InlineData("subsampled.jpg")]
    [InlineData("colour.png")]
    [InlineData("palette.gif")]
    [InlineData("colour.bmp")]
    [InlineData("colour.webp")]
    public void A_file_that_ends_early_is_damaged(string name)
    {
        var whole = File.ReadAllBytes(ExpectedPicture.PathOf(name));
        var error = Assert.Throws<ImageException>(() => ImageDecoder.Decode(whole.AsSpan(0, whole.Length * 3 / 4), 3, name));
        Assert.True(error.Fault is ImageFault.Damaged or ImageFault.UnknownFormat);
        Assert.StartsWith(name, error.Message);
    }

    [Fact]
    public void The_number_of_pixels_is_checked_before_they_are_decoded()
    {
        var bomb = File.ReadAllBytes(ExpectedPicture.PathOf("colour.bmp"));
        BinaryPrimitives.WriteInt32LittleEndian(bomb.AsSpan(18), 60_000);
        BinaryPrimitives.WriteInt32LittleEndian(bomb.AsSpan(22), 60_000);
        var error = Assert.Throws<ImageException>(() => ImageDecoder.Decode(bomb, 3, "bomb.bmp"));
        Assert.Equal((ImageFault.TooLarge, "it has 60,000 x 60,000 pixels; 100,000,000 are allowed"), (error.Fault, error.Why));
        Assert.Equal(ImageFault.TooLarge, Assert.Throws<ImageException>(() => ImageDecoder.ReadHeader(bomb, "bomb.bmp")).Fault);
    }

    [Fact]
    public void A_callers_own_limit_holds()
    {
        var file = File.ReadAllBytes(ExpectedPicture.PathOf("colour.png"));
        Assert.Equal(ImageFault.TooLarge, Assert.Throws<ImageException>(() => ImageDecoder.Decode(file, 3, "it", new(MaxPixels: 24 * 16 - 1))).Fault);
        Assert.Equal(ImageFault.TooLarge, Assert.Throws<ImageException>(() => ImageDecoder.Decode(file, 3, "it", new(MaxFileBytes: file.Length - 1))).Fault);
        Assert.Equal(new(3, 16, 24), ImageDecoder.Decode(file, 3, "it", new(file.Length, 24 * 16)).Shape);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("hello, this is a note", "it is text")]
    [InlineData("II*\0 and so on", "it is a TIFF, which is not supported")]
    [InlineData("\0\0\0\u0018ftypheic", "it is HEIC, AVIF or a film, which are not supported")]
    [InlineData("%PDF-1.7\n\0", "it is a PDF")]
    [InlineData("\0\u0001\u0002", "its first bytes are those of no known picture format")]
    public void What_is_no_picture_is_called_what_it_is(string content, string why) =>
        Assert.Equal(why, Assert.Throws<ImageException>(() => ImageDecoder.Decode(System.Text.Encoding.Latin1.GetBytes(content), 3, "file")).Why);

    [Fact]
    public void A_missing_file_is_unreadable() =>
        Assert.Equal(ImageFault.Unreadable, Assert.Throws<ImageException>(() => ImageDecoder.Decode(Path.Combine(Path.GetTempPath(), "nin-no-such.png"), 3)).Fault);

    private static void AssertLikePillow(string name, int channels)
    {
        var expected = ExpectedPicture.All[name];
        var image = ImageDecoder.Decode(ExpectedPicture.PathOf(name), channels);
        Assert.Equal(new(channels, expected.Height, expected.Width), image.Shape);
        // JPEG's arithmetic and the rounding of transparency differ by a step or two between libraries.
        var (most, meanMost) = name.EndsWith(".jpg", StringComparison.Ordinal) ? (3, 0.5) : name.Contains("transparent") || name.Contains("alpha") ? (1, 0.5) : (0, 0);
        var differences = expected.Planes(channels).Zip(image.Pixels, (theirs, ours) => Math.Abs(theirs - ours)).ToArray();
        Assert.InRange(differences.Max(), 0, most);
        Assert.InRange(differences.Average(), 0, meanMost);
    }
}
