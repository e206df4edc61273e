using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Nin.Architectures;
using Nin.Data;
using Nin.Files;
using Nin.Imaging;
using Nin.Json;

namespace Nin.Images.Folders;

/// <summary>
/// Images decoded and brought to one size, once: a file of bytes [N, C, H, W] on disk, named after what the images hold and how they were made.
/// Each decoding thread holds one image at a time, and of large ones there is one at a time in all: memory does not grow with the number of images.
/// </summary>
/// <param name="Pixels">An image a place; places of unreadable ones are left empty.</param>
/// <param name="Unreadable">Why images could not be decoded, by their places.</param>
internal sealed record DecodedImages(PixelStore Pixels, IReadOnlyDictionary<int, string> Unreadable)
{
    private const int Version = 1;
    private const long LargePixels = 16_000_000;
    private static readonly Lock _large = new();

    /// <summary>From the cache, or decoded into it.</summary>
    /// <param name="images">Readable by their headers.</param>
    /// <param name="shape">[C, H, W] that all shall have.</param>
    /// <param name="options">Fit, limits and the cache's folder.</param>
    /// <param name="report">Hears of the progress, from several threads.</param>
    /// <exception cref="OutputException">The cache cannot be written.</exception>
    public static DecodedImages Of(IReadOnlyList<ImageFacts> images, Shape shape, FolderOptions options, Action<DataProgress> report)
    {
        var name = Path.Combine(options.Cache, "images", Key(images, shape, options.Fit));
        var (pixels, listing, length) = ($"{name}.pixels", $"{name}.json", images.Count * shape.Elements);
        if (Recall(listing) is { } known && File.Exists(pixels) && new FileInfo(pixels).Length == length) return new(PixelStore.Map(pixels), known);

        CheckRoom(options.Cache, length);
        var (unreadable, isLasting) = (new ConcurrentDictionary<int, string>(), true);
        AtomicFile.Write(pixels, file =>
        {
            file.SetLength(length);
            isLasting = DecodeAll(images, shape, options, unreadable, file.SafeFileHandle, report);
            // Without a listing they are decoded again the next time.
            if (!isLasting) File.Delete(listing);
        });
        if (isLasting) AtomicFile.WriteText(listing, JsonSerializer.Serialize(unreadable.OrderBy(pair => pair.Key).ToDictionary(), NinJson.Line));
        return new(PixelStore.Map(pixels), unreadable);
    }

    /// <returns>Whether it would end the same another time: no image failed for any other reason than what it holds.</returns>
    private static bool DecodeAll(IReadOnlyList<ImageFacts> images, Shape shape, FolderOptions options, ConcurrentDictionary<int, string> unreadable, SafeFileHandle file, Action<DataProgress> report)
    {
        var (done, isLasting) = (0, true);
        try
        {
            Parallel.For(0, images.Count, FolderSurvey.EveryCore, i =>
            {
                try
                {
                    RandomAccess.Write(file, Decode(images[i], shape, options).Pixels, i * shape.Elements);
                }
                catch (ImageException e)
                {
                    unreadable[i] = e.Why;
                    if (e.Fault != ImageFault.Damaged) isLasting = false;
                }
                report(new("decoding images", Interlocked.Increment(ref done), images.Count, ProgressUnit.Images));
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is IOException))
        {
            throw e.InnerExceptions[0];
        }
        return isLasting;
    }

    private static PixelImage Decode(ImageFacts image, Shape shape, FolderOptions options)
    {
        if (image.Header is { } header && (long)header.Width * header.Height <= LargePixels) return Fitted();
        lock (_large) return Fitted();

        PixelImage Fitted() => ImageScaler.Fit(ImageDecoder.Decode(image.Path, shape.Channels, options.Limits), shape.Height, shape.Width, options.Fit);
    }

    /// <summary>A function of what the images hold, in their order, and of everything that decides what becomes of them.</summary>
    private static string Key(IReadOnlyList<ImageFacts> images, Shape shape, ImageFit fit)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Version} {shape} {fit}"));
        foreach (var image in images) hash.AppendData(Encoding.UTF8.GetBytes(image.Hash));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static Dictionary<int, string>? Recall(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<int, string>>(File.ReadAllText(path), NinJson.Line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void CheckRoom(string folder, long bytes)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var room = FreeSpace.Of(folder);
            if (room < bytes) throw new OutputException($"the decoded images do not fit into {folder}", $"they take {bytes >> 20:N0} MiB, {room >> 20:N0} MiB are free", "free space, set NIN_CACHE to a folder on another disk, or use a smaller --image-size");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write {folder}", e.Message, "set NIN_CACHE to a folder that can be written", e);
        }
    }
}
