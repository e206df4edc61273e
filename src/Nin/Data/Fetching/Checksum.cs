using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Nin.Data.Fetching;

/// <summary>What the data sets publish to check their files by. It tells damage, not malice.</summary>
[SuppressMessage("Security", "CA5351", Justification = "The data sets publish no better one.")]
internal static class Checksum
{
    /// <summary>The MD5 of a file's content, in lower-case hexadecimal digits.</summary>
    public static string Md5(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(MD5.HashData(file));
    }

    /// <summary>The MD5 of bytes.</summary>
    public static string Md5(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
