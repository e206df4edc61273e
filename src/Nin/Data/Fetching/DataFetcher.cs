using System.Net;

namespace Nin.Data.Fetching;

/// <summary>Fetches the official files of a data set: what is here already is kept, what broke off goes on, what is wrong is thrown away. Archives are not kept once they are unpacked: they are fetched whenever this is asked for.</summary>
/// <param name="client">Asks the mirrors.</param>
/// <param name="report">Hears of the progress.</param>
public sealed class DataFetcher(HttpClient client, Action<DataProgress> report)
{
    /// <summary>Fetches every file of a data set, one after the other, and unpacks archives.</summary>
    /// <param name="source">The data set.</param>
    /// <param name="root">The data root; the files go into a folder of the data set's in it.</param>
    /// <param name="mirror">The address of a folder that holds the files; null: where they are published.</param>
    /// <returns>The folder that now holds the files.</returns>
    /// <exception cref="EnvironmentException">NIN_OFFLINE is set, or no mirror answers.</exception>
    /// <exception cref="DataException">A file is not what it should be; it is not kept.</exception>
    /// <exception cref="OutputException">The folder cannot be written to.</exception>
    public async Task<string> FetchAsync(DataSource source, string root, string? mirror = null)
    {
        if (Environment.GetEnvironmentVariable("NIN_OFFLINE") is { Length: > 0 } offline and not "0")
            throw new EnvironmentException($"{source.Name} cannot be fetched", $"NIN_OFFLINE is set to {offline}: no network is used", $"unset NIN_OFFLINE, or put {source.Official} into {Path.Combine(root, source.HomeFolder)}");
        var folder = Path.Combine(root, source.HomeFolder);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in source.Files)
            {
                var path = Path.Combine(folder, file.Name);
                if (!IsHere(path, file)) await new Download(client, report, file, path).FromAnyAsync(mirror is null ? file.Mirrors : [mirror.EndsWith('/') ? mirror : $"{mirror}/"]);
                if (!file.IsArchive) continue;
                TarUnpacker.Unpack(path, folder);
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot write {folder}", e.Message, "free space, or choose another folder with --data", e);
        }
        return folder;
    }

    /// <summary>Asks for files as they are, without a limit on the time that they take as a whole.</summary>
    public static HttpClient NewClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, ConnectTimeout = TimeSpan.FromSeconds(20) }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("nin");
        return client;
    }

    private static bool IsHere(string path, OfficialFile file) => File.Exists(path) && Checksum.Md5(path) == file.Md5;
}
