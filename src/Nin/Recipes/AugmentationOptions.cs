namespace Nin.Recipes;

/// <summary>How training images are varied.</summary>
public sealed record AugmentationOptions
{
    /// <summary>Mirroring, left to right.</summary>
    public FlipKind Flip { get; init; } = FlipKind.None;

    /// <summary>The largest shift in each direction, in pixels of the stored image.</summary>
    public int Shift { get; init; }

    /// <summary>What appears at the border of a shifted image.</summary>
    public BorderKind Border { get; init; } = BorderKind.Reflect;

    /// <summary>The smallest area of a random crop, as a share of the image; 1 crops nothing.</summary>
    public double Crop { get; init; } = 1;

    /// <summary>The side of a square that is greyed out at a random place, in pixels of the stored image; 0: none.</summary>
    public int Cutout { get; init; }

    /// <summary>
    /// The share of the images into which a part of another is pasted, from the same place there, and which count as both classes by the area that each takes
    /// (CutMix: Yun et al., 2019); no square is greyed out in them. 0: none.
    /// </summary>
    public double Cutmix { get; init; }
}

/// <summary>Mirroring of training images.</summary>
public enum FlipKind
{
    /// <summary>Never.</summary>
    None,

    /// <summary>Each image with probability one half.</summary>
    Random,

    /// <summary>By chance in the first epoch, then in turn, so that two epochs show both sides of every image.</summary>
    Alternating,
}

/// <summary>What is put where a shift leaves nothing.</summary>
public enum BorderKind
{
    /// <summary>The image mirrored at its border.</summary>
    Reflect,

    /// <summary>Black.</summary>
    Zero,
}
