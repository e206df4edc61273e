namespace Nin.Benchmarks.Workers;

/// <summary>Something that can take one training step after another.</summary>
internal interface ISteps : IDisposable
{
    /// <summary>Takes one.</summary>
    void Take();
}
