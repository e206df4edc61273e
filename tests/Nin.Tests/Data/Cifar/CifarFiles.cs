using System.Formats.Tar;
using System.IO.Compression;
using Nin.Tests.Pickles;

namespace Nin.Tests.Data.Cifar;

/// <summary>Writes small files of both published forms of CIFAR. Image i is a function of its file and i.</summary>
internal static class CifarFiles
{
    public const int ImagesPerFile = 3;

    private static readonly string[] _ten = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
    private static readonly string[] _hundred = ["train", "test"];

    public static void WriteBinary(string folder, bool hundred = false) => Write(folder, hundred, ".bin", file => Binary(file, hundred));

    public static void WritePython(string folder, bool hundred = false, bool python3 = false, bool columnMajor = false) =>
        Write(folder, hundred, "", file => Python(file, hundred, python3, columnMajor));

    public static void WriteArchive(string path, string folder, bool binary)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var zipped = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(zipped, TarEntryFormat.Ustar);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, folder));
        // Not in the order of their numbers, like the official archives.
        foreach (var file in Enumerable.Range(0, _ten.Length).Reverse())
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{folder}/{_ten[file]}{(binary ? ".bin" : "")}")
            {
                DataStream = new MemoryStream(binary ? Binary(file, false) : Python(file, false)),
            });
        }
    }

    public static byte[] Binary(int file, bool hundred)
    {
        var records = new List<byte>();
        for (var i = 0; i < ImagesPerFile; i++)
        {
            if (hundred) records.Add((byte)Coarse(file, i));
            records.Add((byte)(hundred ? Fine(file, i) : Label(file, i)));
            records.AddRange(Pixels(file, i));
        }
        return [.. records];
    }

    public static byte[] Python(int file, bool hundred, bool python3 = false, bool columnMajor = false)
    {
        var images = Enumerable.Range(0, ImagesPerFile).ToArray();
        var pixels = columnMajor
            ? [.. Enumerable.Range(0, 3072).SelectMany(p => images.Select(i => Pixels(file, i)[p]))]
            : images.SelectMany(i => Pixels(file, i)).ToArray();
        var pickle = new PickleWriter().Op('}').Op('q', 1).Op('(').String("batch_label").String("a batch");
        Key("data").Array(ImagesPerFile, 3072, pixels, python3, columnMajor);
        if (!hundred) Key("labels").List(images.Select(i => Label(file, i)));
        if (hundred) Key("fine_labels").List(images.Select(i => Fine(file, i)));
        if (hundred) Key("coarse_labels").List(images.Select(i => Coarse(file, i)));
        return pickle.Op('u').Stop();

        PickleWriter Key(string key) => python3 ? pickle.Text(key) : pickle.String(key);
    }

    private static int Label(int file, int image) => (file + image) % 10;

    private static int Fine(int file, int image) => 99 - 3 * file - image;

    private static int Coarse(int file, int image) => 19 - 3 * file - image;

    private static byte[] Pixels(int file, int image) => [.. Enumerable.Range(0, 3072).Select(p => (byte)(p + 31 * image + 7 * file + (p >> 8)))];

    private static void Write(string folder, bool hundred, string ending, Func<int, byte[]> content)
    {
        Directory.CreateDirectory(folder);
        var names = hundred ? _hundred : _ten;
        for (var file = 0; file < names.Length; file++) File.WriteAllBytes(Path.Combine(folder, names[file] + ending), content(file));
    }
}
