using System.Security.Cryptography;
using Nin.Architectures;
using Nin.Inference;
using Nin.Server.Batching;

namespace Nin.Server.Models;

/// <summary>One state of a model file in memory: its session, its queue, and what it says of itself.</summary>
internal sealed class LoadedModel : IDisposable
{
    private readonly Classifier _classifier;
    private readonly Batcher _batcher;

    private LoadedModel(Classifier classifier, string name, string sha256, ServerOptions options, ServerMetrics metrics)
    {
        (_classifier, Sha256) = (classifier, sha256);
        Architecture = classifier.Metadata.Architecture;
        _batcher = new(classifier, name, options, metrics);
    }

    /// <summary>The session.</summary>
    public Classifier Classifier => _classifier;

    /// <summary>Where images wait for it.</summary>
    public Batcher Batcher => _batcher;

    /// <summary>The network.</summary>
    public Architecture Architecture { get; }

    /// <summary>The file's checksum.</summary>
    public string Sha256 { get; }

    /// <summary>Loads a file.</summary>
    /// <exception cref="ModelException">It is missing, damaged, or no model of nin.</exception>
    public static LoadedModel Load(ModelFile file, ServerOptions options, ServerMetrics metrics)
    {
        var classifier = Classifier.Load(file.Path, options.Threads);
        return new(classifier, file.Name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path))), options, metrics);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _batcher.Dispose();
        _classifier.Dispose();
    }
}
