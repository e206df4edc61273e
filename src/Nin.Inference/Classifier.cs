using System.Buffers;
using System.Collections.Immutable;
using Nin.Architectures;
using Nin.Data;
using Nin.Explanations;
using Nin.Images;
using Nin.Imaging;
using Nin.Onnx;

namespace Nin.Inference;

/// <summary>
/// Classifies images with an exported model. Pictures are decoded, turned upright, and brought to size by the same code as in training; normalisation is
/// part of the model. Any number of threads may use one classifier at once.
/// </summary>
public sealed class Classifier : IDisposable
{
    private readonly ImageFit _fit;

    private Classifier(OnnxSession session)
    {
        Session = session;
        _fit = session.Metadata.Fit;
    }

    /// <summary>What runs the model.</summary>
    internal OnnxSession Session { get; }

    /// <summary>[C, H, W] that pictures are brought to.</summary>
    public Shape Input => Session.Input;

    /// <summary>A name a class, in the order of the logits.</summary>
    public ImmutableArray<string> LabelNames => Session.LabelNames;

    /// <summary>What the model says of itself: network, data, accuracy.</summary>
    public OnnxMetadata Metadata => Session.Metadata;

    /// <summary>The version of ONNX Runtime, for example 1.31.1.</summary>
    /// <exception cref="EnvironmentException">It cannot be loaded.</exception>
    public static string RuntimeVersion => OnnxSession.RuntimeVersion;

    /// <summary>Loads a model.</summary>
    /// <param name="path">A file that <c>nin export</c> or a training wrote.</param>
    /// <param name="threads">Threads of one run; 0 uses every core.</param>
    /// <exception cref="ModelException">The file is missing, damaged, or no model of nin.</exception>
    /// <exception cref="EnvironmentException">ONNX Runtime cannot be loaded.</exception>
    public static Classifier Load(string path, int threads = 0) => new(OnnxSession.Load(path, threads));

    /// <summary>Loads the content of a file.</summary>
    /// <param name="file">What <c>nin export</c> or a training wrote.</param>
    /// <param name="origin">How errors shall name it.</param>
    /// <param name="threads">Threads of one run; 0 uses every core.</param>
    /// <exception cref="ModelException">It is damaged, or no model of nin.</exception>
    /// <exception cref="EnvironmentException">ONNX Runtime cannot be loaded.</exception>
    public static Classifier Load(byte[] file, string origin, int threads = 0) => new(OnnxSession.Load(file, origin, threads));

    /// <summary>Loads a model that was made in memory.</summary>
    /// <param name="model">For example one just quantised.</param>
    /// <param name="threads">Threads of one run; 0 uses every core.</param>
    /// <exception cref="EnvironmentException">ONNX Runtime cannot be loaded.</exception>
    public static Classifier Load(OnnxModel model, int threads = 0) => new(OnnxSession.Load(model, "the model", threads));

    /// <summary>Classifies a picture file.</summary>
    /// <exception cref="ImageException">It cannot be read, is no picture, too large or damaged.</exception>
    public Prediction Classify(string path) => Classify(Decode(path));

    /// <summary>Classifies a picture from a stream, which is read to its end.</summary>
    /// <param name="stream">A file in one of the usual formats.</param>
    /// <param name="name">How errors shall name it.</param>
    /// <exception cref="ImageException">It is no picture, too large or damaged.</exception>
    public Prediction Classify(Stream stream, string name = "the picture")
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Classify(ImageDecoder.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), Input.Channels, name));
    }

    /// <summary>Classifies pixels.</summary>
    /// <param name="image">[C, H, W] of any size; C is that of <see cref="Input"/>.</param>
    /// <exception cref="ArgumentException">It has another number of channels.</exception>
    public Prediction Classify(PixelImage image) => Classify([image])[0];

    /// <summary>Classifies a batch in one run.</summary>
    /// <param name="images">[C, H, W] each, of any size; C is that of <see cref="Input"/>.</param>
    /// <returns>A prediction an image, in their order.</returns>
    /// <exception cref="ArgumentException">One has another number of channels.</exception>
    public ImmutableArray<Prediction> Classify(IReadOnlyList<PixelImage> images)
    {
        if (images.Count == 0) return [];
        var length = InputBatch.Length(images.Count, Input);
        // Rented, because a batch is a large object: every few new ones would make the collector go through all that lives.
        var batch = ArrayPool<float>.Shared.Rent(length);
        try
        {
            InputBatch.Write(images, Input, _fit, batch);
            return Classify(batch.AsMemory(0, length), images.Count);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(batch);
        }
    }

    /// <summary>Classifies a batch that is a tensor already.</summary>
    /// <param name="images">[count, C, H, W] of <see cref="Input"/>, 0..1.</param>
    /// <param name="count">Images in it.</param>
    /// <returns>A prediction an image, in their order.</returns>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public ImmutableArray<Prediction> Classify(Memory<float> images, int count)
    {
        if (images.Length != count * Input.Elements) throw new ArgumentException($"{images.Length} values stand for {count} images of [{Input}]", nameof(images));
        using var outputs = Session.Run(images, [count, Input.Channels, Input.Height, Input.Width]);
        return [.. Predictions.Of(Session, outputs, LabelNames)];
    }

    /// <summary>Brings a picture to what the model takes.</summary>
    /// <param name="image">[C, H, W] of any size; C is that of <see cref="Input"/>.</param>
    /// <param name="target">[C, H, W] of <see cref="Input"/>, 0..1.</param>
    /// <exception cref="ArgumentException">It has another number of channels.</exception>
    public void Prepare(PixelImage image, Span<float> target) => InputBatch.Write(image, Input, _fit, target);

    /// <summary>Classifies a picture and says where the evidence lies.</summary>
    /// <param name="image">[C, H, W] of any size; C is that of <see cref="Input"/>.</param>
    /// <param name="name">What the picture is called.</param>
    /// <param name="truth">The class that it is of, where that is known.</param>
    /// <exception cref="ModelException">The network has no class maps.</exception>
    /// <exception cref="ArgumentException">The picture has another number of channels.</exception>
    public Explanation Explain(PixelImage image, string name, int? truth = null)
    {
        var fitted = InputBatch.Fitted(image, Input, _fit);
        var geometry = MapGeometry.Of(Metadata.Architecture, Input);
        var prediction = Classify(fitted);
        return new()
        {
            Name = name,
            Picture = fitted,
            LabelNames = LabelNames,
            Probabilities = prediction.Probabilities,
            Maps = prediction.Maps ?? throw new ModelException("the model gives no class maps", "it was exported without them", "export it again: nin export <run>"),
            Geometry = geometry,
            Truth = truth,
        };
    }

    /// <summary>Classifies a set of images, batch by batch.</summary>
    /// <param name="images">[N, C, H, W] of any size; C is that of <see cref="Input"/>.</param>
    /// <param name="batch">Images in a run.</param>
    /// <exception cref="ArgumentException">They have another number of channels.</exception>
    public IEnumerable<Prediction> Classify(ImageSet images, int batch = 64) =>
        Enumerable.Range(0, images.Count).Chunk(batch).SelectMany(chunk => Classify([.. chunk.Select(images.Picture)]));

    /// <summary>Classifies files as they come: the next ones are decoded while the model works on those before.</summary>
    /// <param name="paths">Files, however many.</param>
    /// <param name="batch">Images in a run.</param>
    /// <returns>A result a file, in their order; unreadable files have an error instead of a prediction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A run shall have no image.</exception>
    public IEnumerable<FilePrediction> ClassifyFiles(IEnumerable<string> paths, int batch = 32) => FilePredictions.Of(this, paths, batch);

    /// <summary>Classifies every picture in a folder and the folders below it, in the order of their paths, as <see cref="ClassifyFiles"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public IEnumerable<FilePrediction> ClassifyFolder(string folder, int batch = 32) => ClassifyFiles(PictureFiles.In(folder), batch);

    /// <summary>Decodes a file to what this model takes.</summary>
    /// <exception cref="ImageException">It cannot be read, is no picture, too large or damaged.</exception>
    public PixelImage Decode(string path) => InputBatch.Fitted(ImageDecoder.Decode(path, Input.Channels), Input, _fit);

    /// <inheritdoc />
    public void Dispose() => Session.Dispose();
}
