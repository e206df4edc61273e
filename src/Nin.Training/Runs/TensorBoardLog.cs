using Nin.Runs;
using TorchSharp;
using TorchSharp.Modules;

namespace Nin.Training.Runs;

/// <summary>Epochs as the curves that TensorBoard shows.</summary>
/// <param name="folder">Where its files lie.</param>
internal sealed class TensorBoardLog(string folder)
{
    private SummaryWriter? _writer;

    /// <summary>Adds an epoch.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Add(EpochEnded epoch) => Try(() =>
    {
        _writer ??= torch.utils.tensorboard.SummaryWriter(folder, createRunName: false);
        foreach (var (name, value) in Scalars(epoch)) _writer.add_scalar(name, (float)value, epoch.Epoch);
    });

    /// <summary>Begins again with these epochs.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Redraw(IEnumerable<EpochEnded> epochs)
    {
        _writer = null;
        Try(() =>
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        });
        foreach (var epoch in epochs) Add(epoch);
    }

    private static IEnumerable<(string Name, double Value)> Scalars(EpochEnded epoch)
    {
        yield return ("train/loss", epoch.TrainLoss);
        yield return ("train/accuracy", epoch.TrainAccuracy);
        if (epoch.ValLoss is { } loss) yield return ("val/loss", loss);
        if (epoch.ValAccuracy is { } accuracy) yield return ("val/accuracy", accuracy);
        yield return ("learning_rate", epoch.LearningRate);
        yield return ("images_per_second", epoch.ImagesPerSecond);
        yield return ("peak_memory_mb", epoch.PeakMemoryMb);
        yield return ("dead_maps", epoch.DeadMaps);
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next try begins a new file: a writer does not make a folder that has vanished, and behind half an event nothing can be read.
            _writer = null;
            throw new OutputException($"cannot write {folder}", e.Message, "free space or choose another folder with --out", e);
        }
    }
}
