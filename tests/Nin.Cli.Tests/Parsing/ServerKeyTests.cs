using Nin.Cli.Parsing;

namespace Nin.Cli.Tests.Parsing;

public sealed class ServerKeyTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("open sesame", "open sesame")]
    public void A_key_is_taken_as_it_is(string? typed, string? key) => Assert.Equal(key, ServerKey.Checked(typed));

    [Theory]
    [InlineData("secret\n")]
    [InlineData(" secret")]
    [InlineData("schlüssel")]
    [InlineData("a\tb")]
    public void A_key_that_no_header_can_carry_is_refused(string typed) =>
        Assert.StartsWith("no client could show the key in NIN_API_KEY", Assert.Throws<UsageException>(() => ServerKey.Checked(typed)).Message);
}
