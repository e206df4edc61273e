using System.Diagnostics.CodeAnalysis;

namespace Nin.Randomness;

/// <summary>What a random number is for. Streams are independent of one another; their numbers are part of every seed's meaning and never change.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The word of the field for a sequence of random numbers; no System.IO.Stream.")]
public enum RandomStream
{
    /// <summary>Initial weights.</summary>
    Weights = 0,

    /// <summary>Which images are held out for validation.</summary>
    Split = 1,

    /// <summary>The order of images in an epoch, and which of them an export measures.</summary>
    Shuffle = 2,

    /// <summary>Whether an image is mirrored.</summary>
    Flip = 3,

    /// <summary>Horizontal shifts.</summary>
    ShiftX = 4,

    /// <summary>Vertical shifts.</summary>
    ShiftY = 5,

    /// <summary>The place and size of a random crop.</summary>
    Crop = 6,

    /// <summary>The place of a greyed-out square.</summary>
    Cutout = 7,

    /// <summary>Which values dropout sets to zero.</summary>
    Dropout = 8,

    /// <summary>Which images are used where only a fraction is.</summary>
    Subset = 9,

    /// <summary>Which images CutMix pastes into which, and where.</summary>
    Cutmix = 10,
}
