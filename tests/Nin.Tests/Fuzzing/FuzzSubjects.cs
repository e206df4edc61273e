using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Nin.Architectures;
using Nin.Data;
using Nin.Data.Cifar;
using Nin.Data.Matlab;
using Nin.Files;
using Nin.Json;
using Nin.Recipes;
using Nin.Tests.Data.Cifar;
using Nin.Tests.Weights.Pth;
using Nin.Weights;
using Nin.Weights.Pth;
using static Nin.Tests.Data.Matlab.MatlabWriter;

namespace Nin.Tests.Fuzzing;

/// <summary>Every parser of files that come from elsewhere, with real files or small ones in the official format.</summary>
internal static class FuzzSubjects
{
    private const string File = FuzzSubject.File;

    private static readonly string[] ArchiveNames = ["a/train.bin", "a/test.bin"];

    public static IReadOnlyList<FuzzSubject> All { get; } =
    [
        new("IDX", bytes => IdxReader.Read(new MemoryStream(bytes), File),
            new(Idx(3, 4, 5), 16), new(Idx(7), 8), new(System.IO.File.ReadAllBytes(RealLabels), 64), new(Idx(3, 4, 5), 16, Gzip), new(Idx(2000), 8, Gzip)),
        new("CIFAR binary", bytes => new CifarBinary("", "", [], labelBytes: 2, label: 1, classes: 100).Read(new MemoryStream(bytes), File),
            new(CifarFiles.Binary(0, hundred: true)[..3074]), new(CifarFiles.Binary(1, hundred: true)[..6148]), new(CifarFiles.Binary(1, hundred: true)[..3074], wrap: Gzip)),
        new("CIFAR pickle", bytes => new CifarPython("", "", [], "labels", 10).Read(new MemoryStream(bytes), File),
            new(CifarFiles.Python(0, hundred: false), 300), new(CifarFiles.Python(1, hundred: false, python3: true), 300), new(CifarFiles.Python(2, hundred: false, columnMajor: true), 300, Gzip)),
        new("CIFAR archive", ReadArchive, new FuzzSeed(Archive(), 1536), new FuzzSeed(Archive(), 1536, Gzip)),
        new("MATLAB 5", bytes => Svhn.Variables(File, MatlabFile.Read(new MemoryStream(bytes), File, Svhn.VariableNames)),
            new(Matlab(MatlabLabels, MatlabImages), 300), new(Matlab(Zip(MatlabLabels), Zip(MatlabImages)), 300), new(MatlabImages, 72, part => Matlab(Zip(MatlabLabels), Zip(part)))),
        new("foreign weights", ReadForeign, [.. new[] { "", "module." }.Select(prefix => new FuzzSeed(SafetensorsFile([.. StateDict.Of(Foreign.Build().Plan()).Select(entry => KeyValuePair.Create(prefix + entry.Name, Zeros(entry)))]), 400))]),
        new("safetensors", bytes => Safetensors.Read(new MemoryStream(bytes), File), new FuzzSeed(SafetensorsFile(new("0.weight", TensorData.OfFloats([1, 2, 3, 4], 2, 2)), new("0.bias", TensorData.OfFloats([1, 2], 2)), new("step", new("I64", [], new byte[8]))), 400)),
        new(".pth", bytes => PthFile.Read(new MemoryStream(bytes), File),
            new(Golden("tensors.pth")), new(Golden("tensors-legacy.pth")), new(Golden("checkpoint.pth")), new(Golden("checkpoint-legacy.pth")), new(Pickle(), wrap: part => PthArchive.Zip(part, ("0", new byte[16]))),
            new(Pickle(), wrap: part => PthArchive.Legacy(part, ("0", new byte[16])))),
        new("options", bytes => OptionsReader.Parse(Encoding.UTF8.GetString(bytes), File),
            [.. ConfigFiles.Names().Select(name => new FuzzSeed(System.IO.File.ReadAllBytes(ConfigFiles.Find(name)))), new(JsonSerializer.SerializeToUtf8Bytes(new TrainingOptions(), NinJson.Indented))]),
        new("architecture", bytes => ArchitectureJson.Parse(Encoding.UTF8.GetString(bytes), File).Plan(),
            [.. Catalogue.Names.Select(name => new FuzzSeed(Encoding.UTF8.GetBytes(ArchitectureJson.Format(Catalogue.Find(name).Build()))))]),
    ];

    private static string RealLabels => Path.Combine(NinHome.Find()!, "data", "fashion-mnist", "t10k-labels-idx1-ubyte.gz");

    private static byte[] MatlabImages => Array("X", UInt8Class, [32, 32, 3, 1], MiUInt8, new byte[3072]);

    private static byte[] MatlabLabels => Array("y", DoubleClass, [1, 1], MiDouble, BitConverter.GetBytes(1.0));

    private static byte[] Matlab(params byte[][] elements) => elements.Aggregate(new Data.Matlab.MatlabWriter(), (file, element) => file.Add(element)).Bytes;

    private static byte[] Idx(params byte[] sides) =>
        [0, 0, 8, (byte)sides.Length, .. sides.SelectMany(side => new byte[] { 0, 0, 0, side }), .. new byte[sides.Aggregate(1, (product, side) => product * side)]];

    private static byte[] Idx(int labels) => [0, 0, 8, 1, 0, 0, (byte)(labels >> 8), (byte)labels, .. new byte[labels]];

    private static byte[] Golden(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "golden", "pth", name));

    private static byte[] Pickle() => new Pickles.PickleWriter().Op('}').Text("0.weight").Op('q', 1).Tensor("0", 4, 0, [2, 2], [2, 1]).Op('s').Stop();

    private static CatalogueEntry Foreign => new("foreign", "", new(1, 4, 4), 2, classes => [new Convolution(3, 1), new Convolution(classes, 1, Relu: false), new GlobalAveragePool()]);

    private static TensorData Zeros(StateDictEntry entry) => TensorData.OfFloats(new float[entry.Shape.Aggregate(1L, (product, side) => product * side)], [.. entry.Shape]);

    private static void ReadForeign(byte[] bytes)
    {
        var weights = new ForeignWeights(File, Safetensors.Read(new MemoryStream(bytes), File).Tensors);
        weights.For(weights.Fit(Foreign, side: null));
    }

    private static byte[] SafetensorsFile(params KeyValuePair<string, TensorData>[] tensors)
    {
        using var folder = new TemporaryFolder();
        Safetensors.Write(folder["file"], tensors, new Dictionary<string, string> { ["format"] = "pt", ["progress"] = "{}" });
        return System.IO.File.ReadAllBytes(folder["file"]);
    }

    private static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var name in ArchiveNames)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(CifarFiles.Binary(0, hundred: true)[..3074]) });
        }
        return bytes.ToArray();
    }

    private static void ReadArchive(byte[] bytes) =>
        TarArchive.Read(new MemoryStream(bytes), File, [.. ArchiveNames], (name, stream, length) => DataFile.ReadUpTo(stream, length));

    public static byte[] Gzip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest)) gzip.Write(content);
        return zipped.ToArray();
    }
}
