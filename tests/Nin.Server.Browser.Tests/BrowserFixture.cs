using Nin.Files;

namespace Nin.Server.Browser;

/// <summary>A browser, and a server with the model that ships.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The model that ships.</summary>
    public static ModelFile Fashion { get; } = new("fashion-mnist", Path.Combine(NinHome.Find()!, "models", "fashion-mnist.onnx"));

    /// <summary>Serves <see cref="Fashion"/>.</summary>
    public NinServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        Server = await Serve([Fashion]);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.Launch(_playwright);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Server is not null) await Server.DisposeAsync();
    }

    /// <summary>Starts a server on a port of its own.</summary>
    public static Task<NinServer> Serve(IReadOnlyList<ModelFile> models, string? key = null) =>
        NinServer.Start(models, new() { Port = 0, Threads = 1, ApiKey = key });

    /// <summary>Opens the page, does something with it, and sees that the page was well-behaved all the while.</summary>
    /// <param name="act">What is done.</param>
    /// <param name="server">Another server than <see cref="Server"/>.</param>
    /// <param name="options">Screen, colours; 1280x900, light.</param>
    /// <param name="refusals">How many answers of the server are no success.</param>
    public async Task Visit(Func<IPage, Task> act, NinServer? server = null, BrowserNewContextOptions? options = null, int refusals = 0)
    {
        Chromium.Require();
        options ??= new();
        options.ViewportSize ??= new() { Width = 1280, Height = 900 };
        options.ColorScheme ??= ColorScheme.Light;
        options.ReducedMotion = ReducedMotion.Reduce;
        options.Permissions = ["clipboard-read", "clipboard-write"];
        await using var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        SetDefaultExpectTimeout((float)Patience.TotalMilliseconds);
        var page = await context.NewPageAsync();
        var address = (server ?? Server).Address;
        var behaviour = new Behaviour(page, address);
        await page.GotoAsync(address.ToString());
        await act(page);
        Assert.Empty(behaviour.Strangers);
        Assert.Equal(refusals, behaviour.Refusals);
        Assert.Empty(behaviour.Complaints);
    }
}
