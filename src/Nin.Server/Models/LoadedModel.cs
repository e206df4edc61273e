using System.Collections.Immutable;
using System.Security.Cryptography;
using Nin.Architectures;
using Nin.Explanations;
using Nin.Inference;
using Nin.Onnx;
using Nin.Server.Batching;

namespace Nin.Server.Models;

/// <summary>One state of a model file in memory: checked, warm, with a queue of its own. It goes once it is retired and nobody uses it any more.</summary>
internal sealed class LoadedModel
{
    private int _users = 1;

    private LoadedModel(Classifier classifier, string name, int runs, ServerOptions options, ServerMetrics metrics)
    {
        (Classifier, Architecture) = (classifier, classifier.Metadata.Architecture);
        var classes = classifier.LabelNames.Length;
        Outputs = [new(OnnxModel.Logits, [classes]), new(OnnxModel.Probabilities, [classes])];
        if (Architecture.Plan().ClassMaps is { Output: var cells })
        {
            Outputs = Outputs.Add(new(OnnxModel.ClassMaps, [classes, cells.Height, cells.Width]));
            Geometry = MapGeometry.Of(Architecture, classifier.Input);
        }
        // Last: its threads would outlive a constructor that fails.
        Batcher = new(classifier, name, runs, options, metrics);
    }

    /// <summary>The session.</summary>
    public Classifier Classifier { get; }

    /// <summary>Where images wait for it.</summary>
    public Batcher Batcher { get; }

    /// <summary>The network.</summary>
    public Architecture Architecture { get; }

    /// <summary>What it gives.</summary>
    public ImmutableArray<ModelOutput> Outputs { get; }

    /// <summary>Where its class maps lie on a picture; null where it has none.</summary>
    public MapGeometry? Geometry { get; }

    /// <summary>The file's checksum.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Loads a file, runs it on single images and on a full batch, and looks at what comes out.</summary>
    /// <exception cref="ModelException">It is missing, damaged, no model of nin, or its outputs make no sense.</exception>
    public static LoadedModel Load(ModelFile file, ServerOptions options, ServerMetrics metrics)
    {
        var bytes = Read(file.Path);
        Classifier? classifier = null;
        try
        {
            (classifier, var runs) = WarmSession.Open(bytes, file.Path, options.Threads, options.MaxBatch);
            return new(classifier, file.Name, runs, options, metrics) { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        }
        catch (Exception e)
        {
            classifier?.Dispose();
            if (e is NinException) throw;
            // Files can be wrong in more ways than have names.
            throw new ModelException($"{file.Path} cannot be served", e.Message.ReplaceLineEndings(" "), "export it again: nin export <run>", e);
        }
    }

    /// <summary>Keeps it alive until <see cref="Release"/>; false where it is gone already.</summary>
    public bool TryUse()
    {
        for (var users = Volatile.Read(ref _users); users > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users) return true;
            users = seen;
        }
        return false;
    }

    /// <summary>Ends a use. Its owner retires it by releasing it once.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) > 0) return;
        Batcher.Dispose();
        Classifier.Dispose();
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"cannot read the model {path}", e.Message, "check the path, or export one: nin export <run>", e);
        }
    }
}
