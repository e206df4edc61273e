using Nin.Server.Http;
using Nin.Server.KServe;
using Nin.Server.Models;
using Nin.Server.Pictures;
using Prometheus;

namespace Nin.Server;

/// <summary>Everything that a server answers.</summary>
internal static class Routes
{
    /// <summary>Adds it.</summary>
    public static void Map(IEndpointRouteBuilder routes, ModelSet models, ServerState state, ServerOptions options, ServerMetrics metrics, PictureReader pictures)
    {
        var bodies = new BodyReader(options);
        var (predict, infer) = (new Predict(models, options, bodies, pictures), new Infer(options, bodies));
        new EmbeddedFiles().Map(routes);
        routes.MapGet("/v2", Metadata.Server);
        routes.MapGet("/v2/health/live", context => JsonAnswer.Write(context, new { live = true }));
        routes.MapGet("/v2/health/ready", context => JsonAnswer.Write(context, new { ready = state.IsReady }, StatusOf(state.IsReady)));

        var guarded = routes.MapGroup("").WithMetadata(new NeedsKey());
        guarded.MapMetrics(registry: metrics.Registry);
        guarded.MapPost("/predict", predict.Answer).WithMetadata(new Classifies());
        guarded.MapGet("/v2/models", context => Metadata.Models(context, models));
        foreach (var model in new[] { "/v2/models/{name}", $"/v2/models/{{name}}/versions/{Metadata.Version}" })
        {
            guarded.MapGet(model, context => Metadata.Model(context, Named(context)));
            guarded.MapGet($"{model}/ready", context => Ready(context, Named(context)));
            guarded.MapPost($"{model}/infer", context => infer.Answer(context, Named(context))).WithMetadata(new Classifies());
        }

        ServedModel Named(HttpContext context) => models.Find((string)context.Request.RouteValues["name"]!);
    }

    private static Task Ready(HttpContext context, ServedModel model)
    {
        var ready = model.Current is not null;
        return JsonAnswer.Write(context, new { name = model.Name, ready }, StatusOf(ready));
    }

    private static int StatusOf(bool ready) => ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
}
