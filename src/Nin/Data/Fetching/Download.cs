using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Nin.Files;

namespace Nin.Data.Fetching;

/// <summary>
/// One file over HTTP. What has arrived lies in <c>.part</c> beside its place and is gone on from, by a range request, as long as the server
/// allows it; once all of it is there and its checksum is right it is renamed.
/// </summary>
/// <param name="client">Asks for it.</param>
/// <param name="report">Hears of the progress.</param>
/// <param name="file">What it is.</param>
/// <param name="path">Where it goes.</param>
internal sealed class Download(HttpClient client, Action<DataProgress> report, OfficialFile file, string path)
{
    /// <summary>No file of a data set is larger; the largest, SVHN's extra part, has 1.3 GB.</summary>
    private const long MostBytes = 1L << 31;

    private const int Attempts = 4;

    private string Part => $"{path}.part";

    /// <summary>How long nothing may arrive before it is asked for again.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before the second attempt; twice as long before each further one.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Fetches it from the first mirror that has it.</summary>
    /// <exception cref="EnvironmentException">None has.</exception>
    /// <exception cref="DataException">What arrived is not the file; it is not kept.</exception>
    public async Task FromAnyAsync(ImmutableArray<string> mirrors)
    {
        List<string> failures = [];
        foreach (var mirror in mirrors)
        {
            var address = new Uri(mirror + file.Name);
            try
            {
                await FromAsync(address);
                return;
            }
            catch (Exception e) when (IsOfNetwork(e))
            {
                failures.Add($"{address.Host}: {Reason(e)}");
            }
        }
        var arrived = File.Exists(Part) ? new FileInfo(Part).Length : 0;
        if (arrived == 0) File.Delete(Part);
        throw new EnvironmentException($"{file.Name} could not be fetched", string.Join("; ", failures),
            arrived > 0 ? $"try again: it goes on after the {arrived:N0} bytes that have arrived" : $"check the network, or put the file into {Path.GetDirectoryName(path)}");
    }

    private async Task FromAsync(Uri address)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var resumed = await ReceiveAsync(address);
                if (Accept(address, resumed)) return;
            }
            catch (Exception e) when (IsOfNetwork(e) && IsWorthAnother(e) && attempt < Attempts)
            {
                await Task.Delay(Pause * (1 << (attempt - 1)));
            }
        }
    }

    /// <summary>Whether what lies in <c>.part</c> is the file. What began in an earlier life of the file on the server is thrown away, to be asked for again from its beginning.</summary>
    private bool Accept(Uri address, bool resumed)
    {
        var found = Checksum.Md5(Part);
        if (found == file.Md5)
        {
            File.Move(Part, path, overwrite: true);
            return true;
        }
        File.Delete(Part);
        return resumed
            ? false
            : throw new DataException($"{address} is not the file that was published", $"its MD5 is {found}, expected {file.Md5}; nothing was kept", "try again later, or fetch it from elsewhere with --mirror");
    }

    /// <summary>Receives what is missing; says whether there was something before it.</summary>
    private async Task<bool> ReceiveAsync(Uri address)
    {
        await using var part = new FileStream(Part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var had = part.Length;
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (had > 0) request.Headers.Range = new RangeHeaderValue(had, null);
        using var patience = new CancellationTokenSource(Patience);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        // All of it is there already, or more than all of it: the checksum tells.
        if (had > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) return true;
        response.EnsureSuccessStatusCode();
        var resumes = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == had;
        if (!resumes)
        {
            if (response.StatusCode == HttpStatusCode.PartialContent) throw new HttpRequestException("the server sent another part than it was asked for");
            had = 0;
            part.SetLength(0);
        }
        part.Position = had;
        await CopyAsync(response, part, had, patience);
        part.Flush(flushToDisk: true);
        return resumes;
    }

    private async Task CopyAsync(HttpResponseMessage response, FileStream part, long had, CancellationTokenSource patience)
    {
        var total = response.Content.Headers.ContentLength + had;
        if (total > MostBytes) throw TooLarge();
        CheckRoom(total - had);
        await using var stream = await response.Content.ReadAsStreamAsync(patience.Token);
        var buffer = new byte[1 << 16];
        while (true)
        {
            patience.CancelAfter(Patience);
            var read = await stream.ReadAsync(buffer, patience.Token);
            if (read == 0) return;
            await part.WriteAsync(buffer.AsMemory(0, read));
            if (part.Position > MostBytes) throw TooLarge();
            report(new($"fetching {file.Name}", part.Position, total, ProgressUnit.Bytes));
        }
    }

    private DataException TooLarge() => new($"{file.Name} is larger than any file of a data set", $"more than {MostBytes >> 30} GiB arrived", "fetch it from elsewhere with --mirror");

    private void CheckRoom(long? bytes)
    {
        var free = FreeSpace.Of(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (bytes > free) throw new OutputException($"{file.Name} does not fit on the disk", $"{bytes >> 20:N0} MiB are still to come, {free >> 20:N0} MiB are free", "free space, or choose another folder with --data");
    }

    private static bool IsOfNetwork(Exception e) => e is HttpRequestException or HttpIOException or OperationCanceledException or IOException { InnerException: SocketException };

    /// <summary>A server that has no such file will not have it in a second.</summary>
    private static bool IsWorthAnother(Exception e) =>
        e is not HttpRequestException { StatusCode: { } status } || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private string Reason(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } status } => $"it answers {(int)status} ({status})",
        OperationCanceledException => $"nothing arrived for {Patience.TotalSeconds:0} seconds",
        _ => e.Message,
    };
}
