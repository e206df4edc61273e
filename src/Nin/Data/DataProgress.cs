namespace Nin.Data;

/// <summary>How far something has come that takes its time.</summary>
/// <param name="Doing">What is being done: decoding images, fetching a file.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is; null where that is not known.</param>
/// <param name="Unit">What is counted.</param>
public readonly record struct DataProgress(string Doing, long Done, long? Total, ProgressUnit Unit);

/// <summary>What progress is counted in.</summary>
public enum ProgressUnit
{
    /// <summary>Images.</summary>
    Images,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Training steps.</summary>
    Steps,
}
