using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Nin.Architectures;
using Nin.Explanations;
using Nin.Imaging;
using Nin.Onnx;

namespace Nin.Inference;

/// <summary>Labels every part of a picture of any size in one pass. Only networks without fully connected layers can do it.</summary>
public sealed class PictureScanner : IDisposable
{
    private readonly OnnxSession _session;
    private readonly Plan _plan;

    private PictureScanner(OnnxSession session, Shape window)
    {
        (_session, Window, LabelNames) = (session, window, session.Metadata.LabelNames);
        _plan = session.Metadata.Architecture.Plan();
        Geometry = MapGeometry.Of(_plan.Architecture, window);
    }

    /// <summary>[C, H, W] of the pictures that the model was trained on: things of another size than in those are not recognised.</summary>
    public Shape Window { get; }

    /// <summary>A name a class.</summary>
    public ImmutableArray<string> LabelNames { get; }

    /// <summary>Where cells lie on a picture.</summary>
    public MapGeometry Geometry { get; }

    /// <summary>Loads a model.</summary>
    /// <param name="path">A file that <c>nin export</c> or a training wrote.</param>
    /// <exception cref="ModelException">The file is missing, damaged, or its network has no class maps.</exception>
    public static PictureScanner Load(string path)
    {
        Shape window;
        using (var fixedSize = OnnxSession.Load(path, threads: 0))
        {
            window = fixedSize.Input;
            MapGeometry.Of(fixedSize.Metadata.Architecture, window);
            if (fixedSize.Metadata.HasPreprocessing)
                throw new ModelException($"{path} takes pictures of {window.Width}x{window.Height} pixels only", "it normalises the contrast of whole pictures, which was learned for that size", "use nin explain without --map");
        }
        return new(OnnxSession.Load(OnnxModel.Read(path).WithAnySize(), path), window);
    }

    /// <summary>Labels every window of a picture.</summary>
    /// <param name="image">[C, H, W], at least as large as <see cref="Window"/>; C is the same.</param>
    /// <exception cref="DataException">It is smaller, or so large that memory does not suffice.</exception>
    /// <exception cref="ArgumentException">It has another number of channels.</exception>
    public LabelMap Scan(PixelImage image)
    {
        var shape = image.Shape with { Channels = Window.Channels };
        if (shape.Height < Window.Height || shape.Width < Window.Width)
            throw new DataException($"a picture of {shape.Width}x{shape.Height} pixels is smaller than those of the training", $"the model was trained on {Window.Width}x{Window.Height}", "use nin explain without --map");
        using var outputs = Run(image, shape);
        var maps = outputs[_session.Outputs.IndexOf(OnnxModel.ClassMaps)];
        var size = maps.GetTensorTypeAndShape().Shape;
        var cells = _plan.ClassMaps!.Output;
        return LabelMap.Of(new(maps.GetTensorDataAsSpan<float>().ToArray(), (int)size[1], (int)size[2], (int)size[3]), cells.Height, cells.Width);
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(PixelImage image, Shape shape)
    {
        try
        {
            return _session.Run(InputBatch.Of([image], shape, ImageFit.Stretch), [1, shape.Channels, shape.Height, shape.Width]);
        }
        catch (Exception e) when (e is OnnxRuntimeException or OutOfMemoryException)
        {
            throw new DataException($"a picture of {shape.Width}x{shape.Height} pixels is too large to be labelled at once", e.Message.ReplaceLineEndings(" "), "save it smaller", e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _session.Dispose();
}
