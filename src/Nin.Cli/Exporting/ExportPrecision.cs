namespace Nin.Cli.Exporting;

/// <summary>The arithmetic of an exported model.</summary>
internal enum ExportPrecision
{
    /// <summary>float32.</summary>
    Fp32,

    /// <summary>16-bit convolutions: half the file, for GPUs.</summary>
    Fp16,

    /// <summary>8-bit convolutions, calibrated on training images: a third of the file, about twice as fast on processors that multiply bytes.</summary>
    Int8,
}
