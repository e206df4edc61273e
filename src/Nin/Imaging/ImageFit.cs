namespace Nin.Imaging;

/// <summary>How a picture of another aspect ratio becomes what a network takes.</summary>
public enum ImageFit
{
    /// <summary>The whole picture, stretched or squeezed.</summary>
    Stretch,

    /// <summary>The largest part of the right aspect ratio, from the middle.</summary>
    Crop,
}
