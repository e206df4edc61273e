using Nin.Server.Http;
using Nin.Server.KServe;

namespace Nin.Server.Tests;

public sealed class TensorReaderTests
{
    [Theory]
    [InlineData(64, 100, false)]
    [InlineData(64, 64 * 3 * 224 * 224, true)]
    [InlineData(1, 100, true)]
    public void No_room_is_made_for_many_values_that_a_request_cannot_hold(int images, int bytes, bool fits)
    {
        var reader = new TensorReader(new(3, 224, 224), most: 64, bytes);
        if (fits) Assert.Equal(images, reader.Count(reader.Room([images, 3, 224, 224])));
        else Assert.Contains("the request has 100 bytes", Assert.Throws<RequestException>(() => reader.Room([images, 3, 224, 224])).Message, StringComparison.Ordinal);
    }
}
