using System.CommandLine;
using System.Numerics;
using System.Runtime.InteropServices;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Predicting;
using Nin.Server;

namespace Nin.Cli.Commands;

/// <summary><c>nin serve</c>: models behind HTTP. Nothing of libtorch is loaded.</summary>
internal static class ServeCommand
{
    private static readonly ServerOptions Defaults = new();

    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var words = new Argument<string[]>("models") { Description = "model.onnx files or runs, plain or as name=model; the model that ships when left out", Arity = ArgumentArity.ZeroOrMore }.OffersRuns();
        var host = new Option<string>("--host") { Description = "address to bind, or * for all; 127.0.0.1 when left out", HelpName = "address" };
        var port = Number("--port", "port; 0 takes any that is free", Defaults.Port);
        var batch = Number("--max-batch", "most images in a run of a model", Defaults.MaxBatch);
        var delay = Number("--max-delay", "milliseconds that a batch waits for more images", (int)Defaults.MaxDelay.TotalMilliseconds);
        var queue = Number("--queue", "most images that wait for a model, and most pictures to be decoded; then 429", Defaults.Queue);
        var timeout = Number("--timeout", "seconds for a request; then 408 or 504", (int)Defaults.Timeout.TotalSeconds);
        var body = Number("--max-body", "largest request in MiB; then 413", (int)(Defaults.MaxBodyBytes >> 20));
        var pixels = Number("--max-pixels", "largest picture in megapixels; then 413", (int)(Defaults.MaxPixels / 1_000_000));
        var images = Number("--max-images", "most images in a request; then 413", Defaults.MaxImages);
        var memory = Number("--max-memory", "MiB that large requests and their answers may take together; then 429", (int)(Defaults.MaxHeldBytes >> 20));
        var connections = Number("--max-connections", "most connections at once; further ones are closed", Defaults.MaxConnections);
        var threads = Number("--threads", "cores for the models; 0 uses every core", Defaults.Threads);
        var drain = Number("--drain", "seconds to answer on after SIGTERM, not ready, before the end", (int)Defaults.DrainDelay.TotalSeconds);
        var log = TypedFlag.Switch("--log-requests", "a log line a request, on standard error; as JSON under --json");
        var command = new NinCommand("serve", $"serves models over HTTP, with a page; {ServerKey.Variable} sets a key that clients must show",
            new("nin serve", "the model that ships, at http://127.0.0.1:8080"),
            new("nin serve fashion-mnist", "the run of that name"),
            new("nin serve a.onnx digits=b.onnx --port 9000", "two models; replace a file and the new one is served"),
            new("nin serve --host '*' --max-batch 64 --max-delay 5", "to everyone, in larger batches"),
            new("nin bench http://127.0.0.1:8080", "how fast it answers"))
        {
            words, host, port, batch, delay, queue, timeout, body, pixels, images, memory, connections, threads, drain, log,
        };
        command.SetAction(parse =>
        {
            var options = Defaults with
            {
                Host = Address(parse.GetValue(host)),
                Port = port.Whole(parse, Defaults.Port, least: 0, most: 65535),
                MaxBatch = batch.Whole(parse, Defaults.MaxBatch, least: 1, most: 1024),
                MaxDelay = TimeSpan.FromMilliseconds(delay.Whole(parse, (int)Defaults.MaxDelay.TotalMilliseconds, least: 0, most: 60_000)),
                Queue = queue.Whole(parse, Defaults.Queue, least: 1, most: 1_000_000),
                Timeout = TimeSpan.FromSeconds(timeout.Whole(parse, (int)Defaults.Timeout.TotalSeconds, least: 1, most: 86_400)),
                MaxBodyBytes = (long)body.Whole(parse, (int)(Defaults.MaxBodyBytes >> 20), least: 1, most: 128) << 20,
                MaxPixels = 1_000_000L * pixels.Whole(parse, (int)(Defaults.MaxPixels / 1_000_000), least: 1, most: 500),
                MaxImages = images.Whole(parse, Defaults.MaxImages, least: 1, most: 1024),
                MaxHeldBytes = (long)memory.Whole(parse, (int)(Defaults.MaxHeldBytes >> 20), least: 1, most: 1 << 20) << 20,
                MaxConnections = connections.Whole(parse, Defaults.MaxConnections, least: 1, most: 1_000_000),
                Threads = threads.Threads(parse),
                DrainDelay = TimeSpan.FromSeconds(drain.Whole(parse, (int)Defaults.DrainDelay.TotalSeconds, least: 0, most: 3600)),
                ApiKey = ServerKey.Read(),
                LogRequests = parse.GetValue(log),
                Log = output.Json ? LogFormat.Json : output.Quiet ? LogFormat.None : LogFormat.Text,
            };
            var largest = (long)BitOperations.RoundUpToPowerOf2((ulong)options.MaxBodyBytes); // bodies grow by doubling
            if (largest > options.MaxHeldBytes / 4 * 3) throw new UsageException(
                $"--max-memory cannot be {options.MaxHeldBytes >> 20} where --max-body is {options.MaxBodyBytes >> 20}", "large requests take three quarters of it at most, and none of the largest would ever find room", $"for example --max-memory {largest >> 18}");
            return Serve(Models(parse.GetValue(words) ?? []), options, output).GetAwaiter().GetResult();
        });
        return command;
    }

    private static async Task<int> Serve(IReadOnlyList<ModelFile> models, ServerOptions options, Output output)
    {
        // Answers go on on the thread that hears from the socket; .NET reads this when the first socket is made, and has no other switch for it.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        var stop = new TaskCompletionSource<PosixSignal>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using var server = await NinServer.Start(models, options);
        output.Answer(new { url = server.Address, models = models.Select(model => model.Name) }, [$"{server.Address} serves {string.Join(", ", models.Select(model => model.Name))}; Ctrl-C ends it"]);
        output.Terminal.Out.Flush();
        var signal = await stop.Task;
        output.Remark("stopping: finishing what is under way; once more quits at once");
        await server.Stop();
        return signal == PosixSignal.SIGTERM ? 143 : 130;

        // The second signal is not cancelled: the system ends the process as the signal does.
        void Stop(PosixSignalContext context) => context.Cancel = stop.TrySetResult(context.Signal);
    }

    private static ModelFile[] Models(string[] words)
    {
        if (words.Length == 0) return [new(Path.GetFileNameWithoutExtension(ShippedModel.Path()), ShippedModel.Path())];
        ModelFile[] models = [.. words.Select(Named)];
        var twice = models.GroupBy(model => model.Name).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? models : throw new UsageException($"two models are called {twice.Key}", string.Join(" and ", twice.Select(model => model.Path)), $"give them names: nin serve first={twice.First().Path} second={twice.Last().Path}");
    }

    private static ModelFile Named(string word)
    {
        var isWhole = Path.Exists(word) || ModelAndPictures.IsNameOfRun(word);
        var (name, model) = !isWhole && word.Split('=', 2) is [{ Length: > 0 } given, { Length: > 0 } rest] ? (given, rest) : (null, word);
        var path = ModelAndPictures.Find(model) ?? throw new UsageException($"{model} is no model", "nin serve takes model.onnx files and runs", "see nin runs");
        if (!File.Exists(path)) throw new ModelException($"there is no model {path}", "no such file", "check the path, or export one: nin export <run>");
        name ??= Plain(Path.GetFileName(Path.TrimEndingDirectorySeparator(model)));
        if (name is "." or ".." || name.Contains('/')) throw new UsageException($"a model cannot be called {name}", "its name is a part of its address, /v2/models/<name>", $"give it another: nin serve model={model}");
        return new(name, path);

        // The folder of a run keeps what stands behind a dot: lr0.05 is not lr0.
        static string Plain(string file) => file.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(file) : file;
    }

    private static string Address(string? typed) =>
        typed is null ? Defaults.Host
        : typed is "*" or "localhost" || System.Net.IPAddress.TryParse(typed, out _) ? typed
        : throw new UsageException($"--host cannot be '{typed}'", "it is an IP address of this machine, localhost, or * for all", "for example --host 0.0.0.0");

    private static Option<string> Number(string name, string description, int otherwise) => new(name) { Description = $"{description}; {otherwise} when left out", HelpName = "n" };
}
