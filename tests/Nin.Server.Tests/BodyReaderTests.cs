using Microsoft.AspNetCore.Http;
using Nin.Server.Http;

namespace Nin.Server.Tests;

public sealed class BodyReaderTests
{
    [Fact]
    public async Task Large_bodies_leave_room_for_those_of_middling_size()
    {
        var bodies = new BodyReader(new() { MaxHeldBytes = 8 << 20 });
        using var large = await Read(4 << 20);
        Assert.Equal(429, (await Assert.ThrowsAsync<RequestException>(async () => await Read(4 << 20))).Status);
        using var middling = await Read(1 << 20);
        Assert.Equal(1 << 20, middling.Bytes.Length);

        ValueTask<BodyReader.Body> Read(int length) => bodies.Read(new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[length]) } }.Request, CancellationToken.None);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_whether_it_says_so_or_not(bool declared)
    {
        var bodies = new BodyReader(new() { MaxBodyBytes = 1 << 20 });
        var context = new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[(1 << 20) + 1]), ContentLength = declared ? (1 << 20) + 1 : null } };
        var refused = await Assert.ThrowsAsync<RequestException>(async () => await bodies.Read(context.Request, CancellationToken.None));
        Assert.Equal((413, "the body has more than 1 MiB"), (refused.Status, refused.Message));
        Assert.Equal(declared, context.Request.Body.Position == 0);
    }
}
