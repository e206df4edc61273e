using System.Collections.Immutable;

namespace Nin.Data.Cifar;

/// <summary>The binary version: for each image one byte a label, then its 3072 pixels.</summary>
/// <param name="archive">The official archive's name, without its ending.</param>
/// <param name="folder">The folder that it unpacks to.</param>
/// <param name="files">The training files in order, then the test file.</param>
/// <param name="labelBytes">Labels an image has.</param>
/// <param name="label">Which of them is read, from 0.</param>
/// <param name="classes">K.</param>
internal sealed class CifarBinary(string archive, string folder, ImmutableArray<string> files, int labelBytes, int label, int classes) : CifarFormat
{
    public override string Archive => archive;

    public override string Folder => folder;

    public override ImmutableArray<string> Files => files;

    protected override int RecordBytes => labelBytes + CifarBatch.ImageBytes;

    protected override CifarBatch Parse(string origin, ReadOnlyMemory<byte> content)
    {
        var images = content.Length / RecordBytes;
        var batch = new CifarBatch(new byte[images * CifarBatch.ImageBytes], new int[images]);
        for (var i = 0; i < images; i++)
        {
            var record = content.Span.Slice(i * RecordBytes, RecordBytes);
            if (record[label] >= classes)
                throw DataFile.Damaged(origin, CifarBatch.Kind, $"label {i} at byte {i * RecordBytes + label} is {record[label]}, expected 0 to {classes - 1}");
            batch.Labels[i] = record[label];
            record[labelBytes..].CopyTo(batch.Pixels.AsSpan(i * CifarBatch.ImageBytes));
        }
        return batch;
    }
}
