using System.Collections.Immutable;

namespace Nin.Images.Folders;

/// <summary>What a folder of images holds, by names alone.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Classes">The names of the class folders, sorted.</param>
/// <param name="Train">Images to train on, class by class, sorted.</param>
/// <param name="Validation">Images to validate on; null where some are to be held out.</param>
/// <param name="Test">Images to test on; null where there are none.</param>
/// <param name="Remarks">What is there and not used.</param>
internal sealed record FolderListing(
    string Path,
    ImmutableArray<string> Classes,
    ImmutableArray<ListedImage> Train,
    ImmutableArray<ListedImage>? Validation,
    ImmutableArray<ListedImage>? Test,
    ImmutableArray<string> Remarks)
{
    /// <summary>All images: train, validation, test.</summary>
    public ImmutableArray<ListedImage> All => [.. Train, .. Validation ?? [], .. Test ?? []];
}

/// <summary>A file that should be an image.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The number of its class.</param>
internal readonly record struct ListedImage(string Path, int Label);
