using Deque.AxeCore.Playwright;
using Nin.Files;

namespace Nin.Server.Browser;

/// <summary>Light and dark, wide and narrow, with pictures to look at.</summary>
public sealed class LooksTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task Axe_finds_nothing_to_complain_of(ColorScheme colours) => browser.Visit(async page =>
    {
        await Complain(page);
        await page.Try("Shirt");
        await page.Locator("[data-cell='9']").ClickAsync();
        await Complain(page);
        foreach (var tab in new[] { "Draw", "Camera", "C#" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            await Complain(page);
        }
    }, options: new() { ColorScheme = colours });

    [Fact]
    public Task Dark_is_dark_and_light_is_light() => browser.Visit(async page =>
    {
        var light = await Brightness(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await Brightness(page);
        Assert.True(light.Background > 240 && light.Text < 60, $"{light}");
        Assert.True(dark.Background < 40 && dark.Text > 220, $"{dark}");
    });

    [Theory]
    [InlineData(360, 740)]
    [InlineData(820, 1180)]
    [InlineData(1920, 1080)]
    public Task Nothing_is_wider_than_the_screen_and_targets_are_large_enough(int width, int height) => browser.Visit(async page =>
    {
        await page.Try("T-shirt/top");
        foreach (var tab in new[] { "Draw", "Camera", "File", "C#" })
        {
            await page.GetByRole(AriaRole.Tab, new() { Name = tab }).ClickAsync();
            Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
        var small = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('button, select, label.button, [role=tab], [role=gridcell]')]
                .filter(element => element.checkVisibility())
                .filter(element => { const box = element.getBoundingClientRect(); return box.width < 24 || box.height < 24; })
                .map(element => element.outerHTML.slice(0, 80))
            """);
        Assert.Empty(small);
    }, options: new() { ViewportSize = new() { Width = width, Height = height } });

    [Fact]
    public Task Nothing_is_hidden_where_letters_are_twice_as_large() => browser.Visit(async page =>
    {
        await page.Try("T-shirt/top");
        await page.EvaluateAsync("document.documentElement.style.fontSize = '32px'");
        Assert.Equal(1280, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    });

    /// <summary>With NIN_UPDATE_SNAPSHOTS=1 this makes docs/images/page.png, and more to look at beside the tests.</summary>
    [Theory]
    [InlineData("page", 1280, 930, ColorScheme.Light, "Coat")]
    [InlineData("page-dark", 1280, 930, ColorScheme.Dark, "Shirt")]
    [InlineData("page-phone", 360, 740, ColorScheme.Light, "Bag")]
    public Task It_can_be_photographed(string name, int width, int height, ColorScheme colours, string sample) => browser.Visit(async page =>
    {
        await page.Try(sample);
        await page.GetByRole(AriaRole.Gridcell).And(page.Locator("[tabindex='0']")).ClickAsync();
        await page.Mouse.MoveAsync(0, 0);
        await page.EvaluateAsync("Promise.all([document.fonts.ready, new Promise(requestAnimationFrame), scrollTo(0, 0)])");
        var picture = await page.ScreenshotAsync(new() { FullPage = name == "page-phone" });
        Assert.InRange(picture.Length, 10_000, 200_000);
        if (Environment.GetEnvironmentVariable("NIN_UPDATE_SNAPSHOTS") != "1") return;
        var folder = name == "page" ? Path.Combine(NinHome.Find()!, "docs", "images") : AppContext.BaseDirectory;
        Directory.CreateDirectory(folder);
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), picture);
    }, options: new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours });

    private static async Task Complain(IPage page)
    {
        var result = await page.RunAxe();
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
    }

    private static async Task<(int Background, int Text)> Brightness(IPage page)
    {
        var values = await page.EvaluateAsync<int[]>(
            "() => { const style = getComputedStyle(document.documentElement); return [style.backgroundColor, style.color].map(colour => Math.max(...colour.match(/\\d+/g).slice(0, 3).map(Number))); }");
        return (values[0], values[1]);
    }
}
