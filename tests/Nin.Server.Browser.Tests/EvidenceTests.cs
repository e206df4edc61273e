using System.Text.Json;
using Nin.Imaging;

namespace Nin.Server.Browser;

/// <summary>The class maps over the picture and their cells.</summary>
public sealed class EvidenceTests(BrowserFixture browser)
{
    [Fact]
    public Task The_map_of_the_winner_lies_over_the_picture_and_another_class_can_be_chosen() => browser.Visit(async page =>
    {
        await page.Try("Shirt");
        var map = page.GetByLabel("Map of");
        await Expect(map.Locator("option:checked")).ToHaveTextAsync("Shirt");
        var winners = await Overlay(page);
        Assert.NotEqual(0, winners);

        await map.SelectOptionAsync("Pullover");
        Assert.NotEqual(winners, await Overlay(page));
        await Expect(page.Locator("#bars [aria-pressed=true] .name")).ToHaveTextAsync("Pullover");
        await map.SelectOptionAsync("Shirt over Pullover");
        await Expect(page.Locator("#bars [aria-pressed=true]")).ToHaveCountAsync(0);
        await page.Locator("#bars button").First.ClickAsync();
        await Expect(map.Locator("option:checked")).ToHaveTextAsync("Shirt");
        Assert.Equal(winners, await Overlay(page));
    });

    [Fact]
    public Task The_slider_fades_the_map() => browser.Visit(async page =>
    {
        await page.Try("Bag");
        await page.GetByLabel("Opacity").FillAsync("25");
        await Expect(page.Locator("#overlay")).ToHaveCSSAsync("opacity", "0.25");
        await Expect(page.GetByLabel("Opacity")).ToHaveAttributeAsync("aria-valuetext", "25 %");
    });

    [Fact]
    public Task A_cell_shows_what_it_sees_and_its_share_of_the_margin() => browser.Visit(async page =>
    {
        var response = await page.RunAndWaitForResponseAsync(() => page.Try("Shirt"), response => response.Url.Contains("/predict", StringComparison.Ordinal));
        var maps = (await response.JsonAsync())!.Value.GetProperty("predictions")[0].GetProperty("maps");
        var shares = maps.GetProperty("shares").EnumerateArray().Select(share => share.GetDouble()).ToArray();
        var margin = maps.GetProperty("margin").GetDouble();
        Assert.Equal(margin, shares.Sum(), 1e-3);
        await Expect(page.Locator("#reading")).ToContainTextAsync($"Shirt leads Pullover by {margin:0.00}.");
        await Expect(page.GetByRole(AriaRole.Gridcell)).ToHaveCountAsync(shares.Length);

        var (most, least) = (Array.IndexOf(shares, shares.Max()), Array.IndexOf(shares, shares.Min()));
        await page.Locator($"[data-cell='{most}']").ClickAsync();
        await Expect(page.Locator("#reading")).ToContainTextAsync($"adds {shares[most]:0.00} to the lead of {margin:0.00} that Shirt has over Pullover, {100 * shares[most] / margin:0} % of it.");
        await ExpectFrame(page, maps.GetProperty("cells")[most]);
        await page.Locator($"[data-cell='{least}']").ClickAsync();
        await Expect(page.Locator("#reading")).ToContainTextAsync($"takes {-shares[least]:0.00} from the lead");
        await ExpectFrame(page, maps.GetProperty("cells")[least]);
    });

    [Fact]
    public Task Arrow_keys_go_from_cell_to_cell_and_escape_leaves() => browser.Visit(async page =>
    {
        await page.Try("Bag");
        await page.Locator("[data-cell='0']").ClickAsync();
        foreach (var (key, cell) in new[] { ("ArrowRight", 1), ("ArrowDown", 8), ("ArrowLeft", 7), ("ArrowLeft", 7), ("End", 13), ("PageDown", 48), ("ArrowDown", 48), ("Home", 42), ("ArrowUp", 35) })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator($"[data-cell='{cell}']")).ToBeFocusedAsync();
            await Expect(page.Locator("#reading")).ToContainTextAsync($"Row {cell / 7 + 1}, column {cell % 7 + 1} sees");
        }
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#field")).ToBeHiddenAsync();
        await Expect(page.Locator("#reading")).ToContainTextAsync("Choose a cell");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("[data-cell='36']")).ToBeFocusedAsync();
    });

    [Theory]
    [InlineData(ImageFit.Stretch, 0, 300)]
    [InlineData(ImageFit.Crop, 50, 250)]
    public async Task The_cells_of_an_oblong_photo_lie_on_the_part_that_the_model_takes(ImageFit fit, double left, double right)
    {
        Chromium.Require();
        using var folder = new GoldenModels();
        await using var server = await BrowserFixture.Serve([folder.Write("nin-cifar10", fit)]);
        await browser.Visit(async page =>
        {
            var photo = await Photo(page, 300, 200);
            var response = await page.RunAndWaitForResponseAsync(() => page.Choose("wide.png", photo), response => response.Url.Contains("/predict", StringComparison.Ordinal));
            var cells = (await response.JsonAsync())!.Value.GetProperty("predictions")[0].GetProperty("maps").GetProperty("cells").EnumerateArray().ToArray();
            Assert.Equal(left, cells.Min(cell => cell.GetProperty("x").GetDouble()), 0.01);
            Assert.Equal(right, cells.Max(cell => cell.GetProperty("x").GetDouble() + cell.GetProperty("width").GetDouble()), 0.01);
            await page.Locator("[data-cell='10']").ClickAsync();
            await ExpectFrame(page, cells[10], 300, 200);
        }, server);
    }

    [Fact]
    public Task A_network_without_class_maps_says_so() => browser.Visit(async page =>
    {
        await page.RouteAsync("**/v2/models/*", async route =>
        {
            var told = await (await route.FetchAsync()).TextAsync();
            await route.FulfillAsync(new() { ContentType = "application/json", Body = told.Replace("class_maps", "features", StringComparison.Ordinal) });
        });
        await page.ReloadAsync();
        await page.Try("Bag");
        await Expect(page.GetByText("This network ends with fully connected layers: it has no class maps.")).ToBeVisibleAsync();
        await Expect(page.Locator("#stage")).ToBeHiddenAsync();
        await Expect(page.Locator("#bars li")).ToHaveCountAsync(5);
        await Expect(page.Locator("#bars button")).ToHaveCountAsync(0);
        await Expect(page.Locator("#bars")).ToHaveAttributeAsync("aria-label", "Likeliest classes");
    });

    /// <summary>The frame around what a cell sees lies over the same part of the picture as in the server's answer, to half a screen pixel.</summary>
    private static async Task ExpectFrame(IPage page, JsonElement cell, int width = 28, int height = 28)
    {
        await Expect(page.Locator("#field")).ToBeVisibleAsync();
        var box = await page.EvaluateAsync<double[]>(
            """
            () => {
                const [frame, stage] = ['field', 'stage'].map(id => document.getElementById(id).getBoundingClientRect());
                return [frame.x - stage.x, frame.y - stage.y, frame.width, frame.height].map(length => length / stage.width).concat(stage.width / stage.height, 0.6 / stage.width);
            }
            """);
        foreach (var (i, side) in new[] { "x", "y", "width", "height" }.Index()) Assert.Equal(cell.GetProperty(side).GetDouble() / width, box[i], box[5]);
        Assert.Equal(width / (double)height, box[4], 0.02);
    }

    private static async Task<byte[]> Photo(IPage page, int width, int height) => Convert.FromBase64String(await page.EvaluateAsync<string>(
        "([width, height]) => Object.assign(document.createElement('canvas'), { width, height }).toDataURL().split(',')[1]", new[] { width, height }));

    private static Task<double> Overlay(IPage page) => page.EvalOnSelectorAsync<double>("#overlay",
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.reduce((sum, value, i) => (sum * 31 + value) % 1000003, 0)");
}
