using static TorchSharp.torch;

namespace Nin.Benchmarks.Workers;

/// <summary>PyTorch's channels_last, which TorchSharp has no name for.</summary>
internal static class ChannelsLast
{
    /// <summary>The same [N, C, H, W] values, laid out as [N, H, W, C].</summary>
    public static Tensor Of(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
