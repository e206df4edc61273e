using System.Collections.Immutable;
using Nin.Data;

namespace Nin.Images.Folders;

/// <summary>A folder of images as a data set: <c>train|val|valid|validation|test/&lt;class&gt;/*</c>, or flat, <c>&lt;class&gt;/*</c>.</summary>
public static class ImageFolder
{
    private const int MostNamed = 5;

    /// <summary>Reads a folder. Images are decoded with all cores, once; the next time they come from a cache on disk, as long as none has changed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Size, fit and split.</param>
    /// <param name="report">Hears of the progress, from several threads; null: nobody does.</param>
    /// <exception cref="DataException">The folder is not arranged as it should be, or a class has no readable image.</exception>
    /// <exception cref="OutputException">The cache cannot be written.</exception>
    public static DataSet Load(string folder, FolderOptions? options = null, Action<DataProgress>? report = null)
    {
        options ??= new();
        report ??= _ => { };
        var listing = FolderLayout.List(folder, options.ValDir);
        var files = listing.All;
        var facts = FolderSurvey.Of(folder, [.. files.Select(file => file.Path)], options, report);
        int[] pictures = [.. Enumerable.Range(0, files.Length).Where(i => facts[i].Header is not null)];
        if (pictures.Length == 0) throw new DataException($"{folder} holds no readable images", $"{files[0].Path}: {facts[0].Unreadable}", $"put pictures into it: {ImageDecoder.Formats}");

        var headers = pictures.Select(i => facts[i].Header!).ToArray();
        var shape = options.Shape ?? ImageSize.Choose(headers, options.Side, options.UsualSide);
        var decoded = DecodedImages.Of([.. pictures.Select(i => facts[i])], shape, options, report);
        var whyNot = facts.Select(fact => fact.Unreadable).ToArray();
        foreach (var (place, why) in decoded.Unreadable) whyNot[pictures[place]] = why;
        ImmutableArray<UnreadableFile> unreadable = [.. files.Zip(whyNot).Where(pair => pair.Second is not null).Select(pair => new UnreadableFile(pair.First.Path, pair.Second!))];

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var labels = Labels(listing, options.LabelNames);
        var (trained, held, tested) = (listing.Train.Length, listing.Validation?.Length ?? 0, listing.Test?.Length ?? 0);
        var train = Part("train", 0, trained);
        if (options.LabelNames is null) CheckClasses(listing, train, unreadable);
        return new(name, train, tested > 0 ? Part("test", trained + held, tested) : null)
        {
            Validation = held > 0 ? Part("val", trained, held) : null,
            Fit = options.Fit,
            Files = Describe(headers, unreadable),
            Remarks = [.. Skipped(unreadable), .. listing.Remarks],
        };

        ImageSet Part(string part, int first, int count)
        {
            int[] readable = [.. Enumerable.Range(first, count).Where(i => whyNot[i] is null)];
            if (readable.Length == 0) throw new DataException($"none of the {part} images of {folder} is readable", $"{files[first].Path}: {whyNot[first]}", $"put pictures there: {ImageDecoder.Formats}");
            return new($"{name} {part}", shape, decoded.Pixels, [.. readable.Select(i => Array.BinarySearch(pictures, i))], [.. readable.Select(i => labels[files[i].Label])], options.LabelNames ?? listing.Classes);
        }
    }

    /// <summary>The number of each of the folder's classes among those that a network knows.</summary>
    private static int[] Labels(FolderListing listing, ImmutableArray<string>? known)
    {
        if (known is not { } names) return [.. Enumerable.Range(0, listing.Classes.Length)];
        var stranger = listing.Classes.FirstOrDefault(name => !names.Contains(name));
        return stranger is null
            ? [.. listing.Classes.Select(name => names.IndexOf(name))]
            : throw new DataException($"{listing.Path} holds a class {stranger} that the model does not know", $"it tells apart {string.Join(", ", names)}", Suggestion.Nearest(stranger, names) is { } near ? $"rename the folder to {near}" : "remove it, or train with it");
    }

    private static void CheckClasses(FolderListing listing, ImageSet train, ImmutableArray<UnreadableFile> unreadable)
    {
        var present = train.Labels.ToHashSet();
        var empty = Enumerable.Range(0, train.Classes).FirstOrDefault(label => !present.Contains(label), -1);
        if (empty < 0) return;
        var folder = Path.GetDirectoryName(listing.Train.First(image => image.Label == empty).Path)!;
        var first = unreadable.First(file => Path.GetDirectoryName(file.Path) == folder);
        throw new DataException($"the class {folder} holds no readable images", $"{Path.GetFileName(first.Path)}: {first.Why}", $"put pictures into it ({ImageDecoder.Formats}), or remove it");
    }

    private static ImageFiles Describe(ImageHeader[] headers, ImmutableArray<UnreadableFile> unreadable)
    {
        var sizes = headers.OrderBy(header => (long)header.Width * header.Height).ThenBy(header => header.Width).Select(header => $"{header.Width}x{header.Height}").ToArray();
        var formats = headers.CountBy(header => header.Format).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        return new(sizes[0], sizes[sizes.Length / 2], sizes[^1], [.. formats.Select(pair => new FormatCount(pair.Key, pair.Value))], unreadable);
    }

    private static IEnumerable<string> Skipped(ImmutableArray<UnreadableFile> unreadable)
    {
        if (unreadable.IsEmpty) yield break;
        yield return $"{unreadable.Length} unreadable {(unreadable.Length == 1 ? "file was" : "files were")} skipped:";
        foreach (var file in unreadable.Take(MostNamed)) yield return $"  {file.Path}: {file.Why}";
        if (unreadable.Length > MostNamed) yield return $"  and {unreadable.Length - MostNamed} more; nin data info lists all";
    }
}
