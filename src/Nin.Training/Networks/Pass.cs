namespace Nin.Training.Networks;

/// <summary>What a forward pass must know beside its input.</summary>
/// <param name="Training">Keep what the backward pass needs; dropout and batch statistics on.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Step">Of the run, from 0; with the seed it decides dropout's masks.</param>
/// <param name="FirstImage">The place of the batch's first image in the whole batch, when it is a part of one.</param>
public readonly record struct Pass(bool Training, int Seed = 0, long Step = 0, int FirstImage = 0)
{
    /// <summary>No training: nothing is kept.</summary>
    public static Pass Inference => new(Training: false);
}
