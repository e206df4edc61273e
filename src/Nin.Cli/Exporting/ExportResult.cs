namespace Nin.Cli.Exporting;

/// <summary>What an export came to.</summary>
/// <param name="File">What was written.</param>
/// <param name="Precision">fp32, fp16 or int8.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Parity">Both engines on the float32 model.</param>
/// <param name="Before">The float32 model on labelled images; null for a float32 export, or without data.</param>
/// <param name="After">The exported model on the same.</param>
internal sealed record ExportResult(string File, ExportPrecision Precision, long Bytes, EngineParity Parity, SpeedAndAccuracy? Before, SpeedAndAccuracy? After);
