namespace Nin.Server.Models;

/// <summary>Loads a server's models, and loads them again when their files are replaced.</summary>
internal sealed partial class ModelLoader(ModelSet models, ServerOptions options, ServerMetrics metrics, ILogger<ModelLoader> log)
{
    private readonly Dictionary<ServedModel, FileStamp?> _seen = [], _loaded = [];

    /// <summary>Loads all of them.</summary>
    /// <exception cref="ModelException">One is missing, damaged, or no model of nin.</exception>
    public void LoadAll()
    {
        foreach (var model in models.All)
        {
            _loaded[model] = FileStamp.Of(model.File.Path);
            Take(model, LoadedModel.Load(model.File, options, metrics));
        }
    }

    /// <summary>Looks at the files again and again.</summary>
    public async Task Watch(CancellationToken token)
    {
        using var timer = new PeriodicTimer(options.ReloadEvery);
        while (!token.IsCancellationRequested)
        {
            foreach (var model in models.All) Look(model);
            await timer.WaitForNextTickAsync(token).AsTask().ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>A file is loaded once it has looked the same twice, so that none is read while it is written.</summary>
    private void Look(ServedModel model)
    {
        var now = FileStamp.Of(model.File.Path);
        var isQuiet = now == _seen.GetValueOrDefault(model);
        _seen[model] = now;
        if (now is null || !isQuiet || now == _loaded[model]) return;
        _loaded[model] = now;
        try
        {
            Take(model, LoadedModel.Load(model.File, options, metrics));
        }
        catch (NinException refused)
        {
            Refused(log, model.Name, refused.Message, refused.Why);
        }
    }

    private void Take(ServedModel model, LoadedModel next)
    {
        metrics.Serves(model.Name, model.Current, next);
        model.Replace(next);
        Serving(log, model.Name, model.File.Path, next.Architecture.Name, next.Classifier.LabelNames.Length, next.Batcher.Runs, next.Sha256);
    }

    [LoggerMessage(LogLevel.Information, "serving {model} from {file}: {architecture}, {classes} classes, {runs} runs at once, sha256 {sha256}")]
    private static partial void Serving(ILogger log, string model, string file, string architecture, int classes, int runs, string sha256);

    [LoggerMessage(LogLevel.Warning, "the new file of {model} is refused, the old one still serves: {what}: {why}")]
    private static partial void Refused(ILogger log, string model, string what, string why);
}
