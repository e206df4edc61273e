using System.Globalization;

namespace Nin.Server.Browser;

/// <summary>Everything without a mouse.</summary>
public sealed class KeyboardTests(BrowserFixture browser)
{
    [Fact]
    public Task From_the_top_of_the_page_to_the_share_of_a_cell() => browser.Visit(async page =>
    {
        await Expect(page.Locator("#samples")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to the picture")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Bag", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await page.Says("Bag");
        await TabTo(page, page.GetByRole(AriaRole.Gridcell).And(page.Locator("[tabindex='0']")));
        await Expect(page.Locator("#reading")).ToContainTextAsync("% of it.");
        await page.Keyboard.PressAsync("ArrowRight");
        await TabTo(page, page.GetByLabel("Opacity"));
        await page.Keyboard.PressAsync("Home");
        await Expect(page.Locator("#overlay")).ToHaveCSSAsync("opacity", "0");
        await TabTo(page, page.GetByRole(AriaRole.Tab, new() { Name = "curl" }));
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Copy" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#status")).ToHaveTextAsync("Copied.");
        Assert.Equal(await page.Locator("#csharp").TextContentAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    });

    [Fact]
    public Task A_drawing_with_arrows_and_space() => browser.Visit(async page =>
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Draw" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.GetByLabel("Drawing paper"));
        await page.Keyboard.PressAsync(" ");
        await page.Keyboard.PressAsync("Control+z"); // With the pen down.
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync(" ");
        for (var i = 0; i < 8; i++) await page.Keyboard.PressAsync("ArrowDown");
        await page.Sends(() => page.Keyboard.PressAsync(" "));
        await Expect(page.Locator("#label")).Not.ToBeEmptyAsync();
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeDisabledAsync();
    });

    [Fact]
    public Task Whatever_has_the_focus_shows_it() => browser.Visit(async page =>
    {
        await page.Try("Bag");
        await page.EvaluateAsync("document.activeElement.blur()");
        var seen = new HashSet<string>();
        while (true)
        {
            await page.Keyboard.PressAsync("Tab");
            var (what, outline) = await Focus(page);
            if (what.StartsWith("<body", StringComparison.Ordinal)) continue; // Between the end of the page and its beginning.
            if (!seen.Add(what)) break;
            Assert.True(outline > 0, $"{what} does not show that it has the focus");
        }
        Assert.Equal(25, seen.Count);
    });

    private static async Task TabTo(IPage page, ILocator target)
    {
        for (var i = 0; i < 40; i++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"Tab does not reach {target}");
    }

    /// <summary>What has the focus, and how wide the line around it is.</summary>
    private static async Task<(string What, double Outline)> Focus(IPage page)
    {
        var style = await page.EvaluateAsync<string[]>(
            """
            () => {
                const element = document.activeElement;
                const style = getComputedStyle(element.type === 'file' ? element.parentElement : element);
                return [element.outerHTML.slice(0, 200), style.outlineStyle === 'none' ? '0' : style.outlineWidth.replace('px', '')];
            }
            """);
        return (style[0], double.Parse(style[1], CultureInfo.InvariantCulture));
    }
}
