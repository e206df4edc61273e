using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Nin.Server.Http;
using Nin.Server.KServe;
using Nin.Server.Models;
using Nin.Server.Pictures;
using Prometheus;

namespace Nin.Server;

/// <summary>Models behind HTTP: the KServe v2 protocol, <c>/predict</c>, a page, metrics.</summary>
public sealed class NinServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ModelSet _models;
    private readonly ServerOptions _options;

    private NinServer(WebApplication app, ModelSet models, ServerOptions options) => (_app, _models, _options) = (app, models, options);

    /// <summary>Nin's version.</summary>
    public static string Version { get; } = typeof(NinServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Where it listens: <c>http://127.0.0.1:8080</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Loads the models and begins to listen.</summary>
    /// <param name="models">At least one; their names differ.</param>
    /// <param name="options">Where to listen and what to refuse.</param>
    /// <exception cref="ModelException">A file is missing, damaged, or no model of nin.</exception>
    /// <exception cref="EnvironmentException">The address is taken or not of this machine.</exception>
    public static async Task<NinServer> Start(IReadOnlyList<ModelFile> models, ServerOptions options)
    {
        var metrics = new ServerMetrics();
        var set = new ModelSet([.. models.Select(file => new ServedModel(file, LoadedModel.Load(file, options, metrics)))]);
        var app = Build(set, options, metrics);
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new EnvironmentException($"cannot listen on {options.Host}:{options.Port}", (e.InnerException ?? e).Message, "choose another with --port, or 0 for any that is free", e);
        }
        return new(app, set, options);
    }

    /// <summary>Stops taking on requests and waits for those that are under way.</summary>
    public async Task Stop()
    {
        await Task.Delay(_options.DrainDelay);
        await _app.StopAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _models.Dispose();
    }

    private static WebApplication Build(ModelSet models, ServerOptions options, ServerMetrics metrics)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            Listen(kestrel, options);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(metrics);
        var app = builder.Build();
        app.Use(SecurityHeaders.Add);
        app.UseMiddleware<ProblemAnswers>();
        app.UseRouting();
        Map(app, models, options, metrics);
        return app;
    }

    private static void Map(IEndpointRouteBuilder routes, ModelSet models, ServerOptions options, ServerMetrics metrics)
    {
        var predict = new Predict(models, options);
        routes.MapPost("/predict", predict.Answer).WithMetadata(new Classifies());
        routes.MapGet("/v2", Metadata.Server);
        routes.MapGet("/v2/health/live", context => JsonAnswer.Write(context, new { live = true }));
        routes.MapGet("/v2/health/ready", context => JsonAnswer.Write(context, new { ready = true }));
        routes.MapGet("/v2/models/{name}", context => Metadata.Model(context, Named(context)));
        routes.MapGet("/v2/models/{name}/ready", context => JsonAnswer.Write(context, new { name = Named(context).Name, ready = true }));
        routes.MapMetrics(registry: metrics.Registry);
        new EmbeddedFiles().Map(routes);

        ServedModel Named(HttpContext context) => models.Find((string)context.Request.RouteValues["name"]!);
    }

    private static void Listen(KestrelServerOptions kestrel, ServerOptions options)
    {
        if (options.Host == "*") kestrel.ListenAnyIP(options.Port);
        else if (options.Host == "localhost") kestrel.Listen(IPAddress.Loopback, options.Port);
        else kestrel.Listen(IPAddress.Parse(options.Host), options.Port);
    }
}
