using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;
using Nin.Server.Http;
using Nin.Server.Models;
using Nin.Server.Pictures;

namespace Nin.Server;

/// <summary>Models behind HTTP: the KServe v2 protocol, <c>/predict</c>, a page, metrics.</summary>
public sealed class NinServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ModelSet _models;
    private readonly ServerState _state;
    private readonly ServerOptions _options;
    private readonly PictureReader _pictures;
    private readonly CancellationTokenSource _disposed = new();
    private Task _watching = Task.CompletedTask;

    private NinServer(IReadOnlyList<ModelFile> models, ServerOptions options)
    {
        (_options, _models, _pictures) = (options, new(models), new(options));
        _state = new(_models);
        _app = Build();
    }

    /// <summary>Nin's version.</summary>
    public static string Version { get; } = typeof(NinServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Where it listens: <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Begins to listen, and loads the models meanwhile; requests are answered 503 until those are warm.</summary>
    /// <param name="models">At least one; their names differ.</param>
    /// <param name="options">Where to listen and what to refuse.</param>
    /// <returns>The server, once it is ready.</returns>
    /// <exception cref="ArgumentException">There is no model, two have the same name, or an option is out of range.</exception>
    /// <exception cref="ModelException">A file is missing, damaged, or no model of nin.</exception>
    /// <exception cref="EnvironmentException">The address is taken or not of this machine.</exception>
    public static async Task<NinServer> Start(IReadOnlyList<ModelFile> models, ServerOptions options)
    {
        if (models.Count == 0) throw new ArgumentException("there is no model to serve", nameof(models));
        if (models.DistinctBy(model => model.Name).Count() < models.Count) throw new ArgumentException("two models have the same name", nameof(models));
        options.Check();
        var server = new NinServer(models, options);
        try
        {
            var loader = ActivatorUtilities.CreateInstance<ModelLoader>(server._app.Services);
            var loading = Task.Run(loader.LoadAll);
            await Task.WhenAll(server.Listen(), loading);
            server._watching = loader.Watch(server._disposed.Token);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drains: is no longer ready, finishes what is under way, then stops listening.</summary>
    public async Task Stop()
    {
        _state.Drain();
        await Task.Delay(_options.DrainDelay);
        await _app.StopAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _watching;
        await _app.DisposeAsync();
        _models.Dispose();
        _pictures.Dispose();
        _disposed.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            await _app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new EnvironmentException($"cannot listen on {_options.Host}:{_options.Port}", (e.InnerException ?? e).Message, "choose another address with --host and --port; --port 0 takes any that is free", e);
        }
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        Log(builder.Logging);
        // Requests are read on the threads that hear from the sockets; what takes its time leaves those (BodyReader, PictureReader).
        builder.Services.Configure<SocketTransportOptions>(sockets => (sockets.UnsafePreferInlineScheduling, sockets.MaxReadBufferSize) = (true, 128 << 10));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_options).AddSingleton(_models).AddSingleton(_pictures).AddSingleton<ServerMetrics>().AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _options.Timeout + TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.Use(SecurityHeaders.Add);
        app.UseMiddleware<ProblemAnswers>();
        app.UseRouting();
        if (_options.ApiKey is { } key) app.Use(new ApiKey(key).Check);
        Routes.Map(app, _models, _state, _options, app.Services.GetRequiredService<ServerMetrics>(), _pictures);
        return app;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // BodyReader refuses larger ones: Kestrel would close the connection on a client that still sends, which then hears of a reset instead.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxConcurrentConnections = _options.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.MinResponseDataRate = new(4096, TimeSpan.FromSeconds(5));
        if (_options.Host == "*") kestrel.ListenAnyIP(_options.Port);
        else if (_options.Host == "localhost" && _options.Port != 0) kestrel.ListenLocalhost(_options.Port);
        else kestrel.Listen(_options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(_options.Host), _options.Port);
    }

    private void Log(ILoggingBuilder logging)
    {
        if (_options.Log == LogFormat.None) return;
        logging.AddFilter("Microsoft", LogLevel.Warning);
        if (_options.Log == LogFormat.Json) logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, "O"));
        else logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <summary>Signals are the program's, not the library's.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
