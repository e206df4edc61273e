using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Nin.Architectures;
using Nin.Onnx;

namespace Nin.Inference;

/// <summary>A model in ONNX Runtime. Any number of threads may run it at once.</summary>
internal sealed class OnnxSession : IDisposable
{
    private static readonly RunOptions Defaults = new();

    private readonly InferenceSession _session;

    private OnnxSession(InferenceSession session, string origin)
    {
        _session = session;
        Metadata = new OnnxMetadata(session.ModelMetadata.CustomMetadataMap, origin);
        Outputs = [.. session.OutputNames];
        if (session.InputNames is not [OnnxModel.Images] || !Outputs.Contains(OnnxModel.Logits) || !Outputs.Contains(OnnxModel.Probabilities) || session.InputMetadata[OnnxModel.Images].Dimensions is not [var batch, var channels, var height, var width])
            throw new ModelException($"{origin} is no model of nin", $"it takes {string.Join(", ", session.InputNames)} and gives {string.Join(", ", Outputs)}; expected {OnnxModel.Images} [batch, C, H, W], {OnnxModel.Logits} and {OnnxModel.Probabilities}", "use a file that nin export wrote");
        if (batch >= 0) throw new ModelException($"{origin} cannot be used", $"it takes batches of {batch} only; nin runs batches of any size", "use a file that nin export wrote");
        Input = new Shape(channels, height, width);
        LabelNames = Metadata.LabelNames;
        foreach (var output in new[] { OnnxModel.Logits, OnnxModel.Probabilities })
        {
            if (session.OutputMetadata[output].Dimensions is not [_, var classes] || classes != LabelNames.Length)
                throw new ModelException($"{origin} cannot be used", $"it names {LabelNames.Length} classes and gives {output} [{string.Join(", ", session.OutputMetadata[output].Dimensions)}]", "export it again: nin export <run>");
        }
    }

    /// <summary>The version of ONNX Runtime.</summary>
    /// <exception cref="EnvironmentException">It cannot be loaded.</exception>
    public static string RuntimeVersion => Silently(() => OrtEnv.Instance().GetVersionString());

    /// <summary>[C, H, W] of one image; -1 where any size is taken.</summary>
    public Shape Input { get; }

    /// <summary>What the file says of itself.</summary>
    public OnnxMetadata Metadata { get; }

    /// <summary>A name a class, in the order of the logits.</summary>
    public ImmutableArray<string> LabelNames { get; }

    /// <summary>The names of what it gives.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads of one run; 0 uses every core.</param>
    /// <exception cref="ModelException">It is missing, damaged, or no model of nin.</exception>
    public static OnnxSession Load(string path, int threads)
    {
        if (!File.Exists(path)) throw new ModelException($"there is no model {path}", "no such file", "check the path, or export one: nin export <run>");
        return Open(options => new InferenceSession(path, options), path, threads);
    }

    /// <summary>Loads a model from memory.</summary>
    /// <exception cref="ModelException">It is damaged, or no model of nin.</exception>
    public static OnnxSession Load(OnnxModel model, string origin, int threads = 0) => Load(model.ToBytes(), origin, threads);

    /// <summary>Loads the content of a file.</summary>
    /// <exception cref="ModelException">It is damaged, or no model of nin.</exception>
    public static OnnxSession Load(byte[] file, string origin, int threads) => Open(options => new InferenceSession(file, options), origin, threads);

    /// <summary>Runs a batch.</summary>
    /// <param name="images">[N, C, H, W], 0..1.</param>
    /// <param name="shape">N, C, H, W.</param>
    /// <returns>The outputs, in the order of <see cref="Outputs"/>; the caller disposes of them.</returns>
    public IDisposableReadOnlyCollection<OrtValue> Run(Memory<float> images, long[] shape)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, images, shape);
        return _session.Run(Defaults, [OnnxModel.Images], [input], Outputs);
    }

    /// <inheritdoc />
    public void Dispose() => _session.Dispose();

    private static OnnxSession Open(Func<SessionOptions, InferenceSession> create, string origin, int threads)
    {
        try
        {
            return Silently(() =>
            {
                using var options = new SessionOptions { IntraOpNumThreads = threads, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
                return Checked(create(options), origin);
            });
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException($"{origin} cannot be used", e.Message.ReplaceLineEndings(" "), "export it again: nin export <run>", e);
        }
    }

    private static OnnxSession Checked(InferenceSession session, string origin)
    {
        try
        {
            return new(session, origin);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Uses ONNX Runtime after its telemetry was turned off.</summary>
    /// <exception cref="EnvironmentException">It cannot be loaded.</exception>
    private static T Silently<T>(Func<T> use)
    {
        try
        {
            Telemetry.TurnOff();
            return use();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new EnvironmentException("ONNX Runtime cannot be loaded", (e.InnerException ?? e).Message, "its library must lie beside the program: build again, or reference the package Microsoft.ML.OnnxRuntime", e);
        }
    }
}
