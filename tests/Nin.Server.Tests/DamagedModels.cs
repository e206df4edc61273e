namespace Nin.Server.Tests;

/// <summary>The model that ships, with something wrong that only shows when it is used.</summary>
internal static class DamagedModels
{
    /// <summary>Its class names are an object.</summary>
    public static byte[] NamesThatAreNoList()
    {
        var file = Shipped();
        var names = file.AsSpan(file.AsSpan().IndexOf("[\"T-shirt/top\""u8));
        names = names[..(names.IndexOf((byte)']') + 1)];
        names.Fill((byte)' ');
        (names[0], names[^1]) = ((byte)'{', (byte)'}');
        return file;
    }

    /// <summary>It does not say which network it is.</summary>
    public static byte[] NoArchitecture()
    {
        var file = Shipped();
        file[file.AsSpan().IndexOf("{\"name\":\"nin-fast\""u8)] = (byte)'[';
        return file;
    }

    /// <summary>It takes one image, not a batch: a dimension of a name becomes 1, in as many bytes.</summary>
    public static byte[] OneImageAtATime()
    {
        var file = Shipped();
        ReadOnlySpan<byte> one = [0x08, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00];
        for (int at; (at = file.AsSpan().IndexOf("\u0012\u0005batch"u8)) >= 0;) one.CopyTo(file.AsSpan(at));
        return file;
    }

    /// <summary>It calls its class maps otherwise, so that it gives none.</summary>
    public static byte[] NoClassMaps()
    {
        var file = Shipped();
        for (int at; (at = file.AsSpan().IndexOf("class_maps"u8)) >= 0;) "other_maps"u8.CopyTo(file.AsSpan(at));
        return file;
    }

    private static byte[] Shipped() => File.ReadAllBytes(TestServer.ShippedModel);
}
