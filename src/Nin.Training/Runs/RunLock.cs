using Nin.Runs;

namespace Nin.Training.Runs;

/// <summary>Holds a run's folder for one process. The system lets go of it when the process dies, however it dies.</summary>
public static class RunLock
{
    /// <summary>Takes the folder until the result is disposed of.</summary>
    /// <exception cref="UsageException">Another process trains into the folder.</exception>
    /// <exception cref="OutputException">The folder cannot be written to.</exception>
    public static IDisposable Take(RunDirectory directory)
    {
        try
        {
            return new FileStream(directory.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (File.Exists(directory.Lock))
        {
            throw new UsageException($"another process trains into {directory.Path}", $"it holds {directory.Lock}", "wait for it, or choose another folder with --out", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write into {directory.Path}", e.Message, "choose a writable folder with --out", e);
        }
    }
}
