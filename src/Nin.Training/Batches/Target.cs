namespace Nin.Training.Batches;

/// <summary>What a training image is an example of: one class, or with CutMix parts of two.</summary>
/// <param name="Class">Of the image, from 0.</param>
/// <param name="Other">Of the image that was pasted into it.</param>
/// <param name="OtherShare">The share of the picture that shows the other, in [0, 1]; 0: nothing was pasted.</param>
public readonly record struct Target(int Class, int Other = 0, double OtherShare = 0)
{
    /// <summary>The class that the larger part shows.</summary>
    public int Largest => OtherShare > 0.5 ? Other : Class;

    /// <summary>The share of the picture that shows a class.</summary>
    /// <param name="label">From 0.</param>
    public double Share(int label) => (label == Class ? 1 - OtherShare : 0) + (label == Other ? OtherShare : 0);
}
