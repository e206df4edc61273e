using System.Collections.Immutable;
using Nin.Data.Numpy;
using Nin.Files;
using Nin.Pickles;

namespace Nin.Data.Cifar;

/// <summary>The Python version: a pickled dictionary with an array <c>data</c> of [N, 3072] bytes and a list of N labels.</summary>
/// <param name="archive">The official archive's name, without its ending.</param>
/// <param name="folder">The folder that it unpacks to.</param>
/// <param name="files">The training files in order, then the test file.</param>
/// <param name="labelKey">The key of the list of labels.</param>
/// <param name="classes">K.</param>
internal sealed class CifarPython(string archive, string folder, ImmutableArray<string> files, string labelKey, int classes) : CifarFormat
{
    public override string Archive => archive;

    public override string Folder => folder;

    public override ImmutableArray<string> Files => files;

    protected override int RecordBytes => 1;

    protected override CifarBatch Parse(string origin, ReadOnlyMemory<byte> content)
    {
        var bytes = new ByteCursor(content, (offset, why) => DataFile.Damaged(origin, CifarBatch.Kind, $"at byte {offset}: {why}"));
        var pickle = PickleReader.Read(bytes, fail => new NumpyObjects(fail, content.Length));
        var batch = pickle as PickleDictionary ?? throw Unfit(origin, $"it holds {pickle.Kind}, expected a dictionary");
        var data = Item<NumpyArray>(batch, "data", origin);
        if (data.Shape is not [var images and > 0, CifarBatch.ImageBytes]) throw Unfit(origin, $"'data' is {string.Join(" x ", data.Shape)}, expected N x {CifarBatch.ImageBytes}");
        var labels = Item<PickleList>(batch, labelKey, origin).Items;
        if (labels.Count != images) throw Unfit(origin, $"'{labelKey}' has {labels.Count} labels, but 'data' has {images} images");
        return new(data.ColumnMajor ? Transposed(data.Values.Span, (int)images) : data.Values.ToArray(), [.. labels.Select((label, index) => Label(label, index, origin))]);
    }

    private int Label(PickleValue value, int index, string origin) => value switch
    {
        PickleNumber { Value: >= 0 and var label } when label < classes => (int)label,
        PickleNumber { Value: var label } => throw Unfit(origin, $"label {index} is {label}, expected 0 to {classes - 1}"),
        _ => throw Unfit(origin, $"label {index} is {value.Kind}, expected a number"),
    };

    private static byte[] Transposed(ReadOnlySpan<byte> columns, int images)
    {
        var pixels = new byte[columns.Length];
        for (var i = 0; i < images; i++)
        {
            for (var p = 0; p < CifarBatch.ImageBytes; p++) pixels[i * CifarBatch.ImageBytes + p] = columns[p * images + i];
        }
        return pixels;
    }

    private static T Item<T>(PickleDictionary batch, string key, string origin) where T : PickleValue
    {
        if (!batch.Items.TryGetValue(key, out var value)) throw Unfit(origin, $"it has no '{key}'");
        return value as T ?? throw Unfit(origin, $"'{key}' is {value.Kind}");
    }

    private static DataException Unfit(string origin, string why) => DataFile.Damaged(origin, CifarBatch.Kind, why);
}
