using System.Globalization;
using System.Text.Json;

namespace Nin.Server.Browser;

/// <summary>What the page says, and what it says when it cannot.</summary>
public sealed class AnswerTests(BrowserFixture browser)
{
    [Fact]
    public Task The_bars_are_the_servers_answer() => browser.Visit(async page =>
    {
        var response = await page.RunAndWaitForResponseAsync(() => page.Try("Shirt"), response => response.Url.Contains("/predict", StringComparison.Ordinal));
        var told = (await response.JsonAsync())!.Value.GetProperty("predictions")[0].GetProperty("topk").EnumerateArray().ToArray();
        Assert.Equal(5, told.Length);
        await Expect(page.Locator("#bars .name")).ToHaveTextAsync([.. told.Select(entry => entry.GetProperty("label").GetString()!)]);
        await Expect(page.Locator("#bars .share")).ToHaveTextAsync([.. told.Select(Percent)]);

        var (box, bar) = ((await page.Locator("#bars .bar").First.BoundingBoxAsync())!, told[0].GetProperty("probability").GetDouble());
        var drawn = double.Parse(await page.EvalOnSelectorAsync<string>("#bars .bar", "bar => parseFloat(getComputedStyle(bar, '::before').width).toString()"), CultureInfo.InvariantCulture);
        Assert.Equal(bar * box.Width, drawn, 1.0);
    });

    [Fact]
    public Task The_model_is_named_with_what_it_takes_and_how_good_it_is() => browser.Visit(async page =>
        await Expect(page.Locator("#model-facts li")).ToHaveTextAsync(["fashion-mnist", "10 classes", "28 × 28 pixels, grey", "94.2 % right on its test images"]));

    [Fact]
    public async Task One_of_several_models_is_chosen_and_the_page_follows_what_it_takes()
    {
        Chromium.Require();
        using var folder = new GoldenModels();
        await using var server = await BrowserFixture.Serve([BrowserFixture.Fashion, folder.Write("nin-cifar10")]);
        await browser.Visit(async page =>
        {
            await page.Try("Bag");
            await page.Sends(() => page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync("nin-cifar10"));
            await Expect(page.Locator("#label")).ToContainTextAsync("class ");
            await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Draw" })).ToBeHiddenAsync();
            await Expect(page.Locator("#samples")).ToBeHiddenAsync();
            await Expect(page.Locator("#curl")).ToContainTextAsync("&model=nin-cifar10");
        }, server);
    }

    [Fact]
    public async Task A_drawing_is_shown_as_a_picture_to_a_model_that_takes_no_drawings()
    {
        Chromium.Require();
        using var folder = new GoldenModels();
        await using var server = await BrowserFixture.Serve([BrowserFixture.Fashion, folder.Write("nin-cifar10")]);
        await browser.Visit(async page =>
        {
            await page.Try("Bag");
            await page.GetByRole(AriaRole.Tab, new() { Name = "Draw" }).ClickAsync();
            await page.Sends(() => page.Stroke((0.3f, 0.2f), (0.3f, 0.9f)));
            await page.Sends(() => page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync("nin-cifar10"));
            await Expect(page.GetByAltText("drawing.png", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(page.Locator("#picture-name")).ToHaveTextAsync("drawing.png");
        }, server);
    }

    [Fact]
    public async Task Of_two_models_chosen_in_a_hurry_the_last_counts()
    {
        Chromium.Require();
        using var folder = new GoldenModels();
        await using var server = await BrowserFixture.Serve([BrowserFixture.Fashion, folder.Write("nin-cifar10")]);
        await browser.Visit(async page =>
        {
            await page.Try("Bag");
            var late = new TaskCompletionSource();
            await page.RouteAsync("**/v2/models/nin-cifar10", async route =>
            {
                await late.Task;
                await route.ContinueAsync();
            });
            var models = page.GetByLabel("Model", new() { Exact = true });
            await models.SelectOptionAsync("nin-cifar10");
            await page.Sends(() => models.SelectOptionAsync("fashion-mnist"));
            await page.RunAndWaitForResponseAsync(() => { late.SetResult(); return Task.CompletedTask; }, "**/v2/models/nin-cifar10");
            await page.Try("Coat");
            await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Draw" })).ToBeVisibleAsync();
            await Expect(page.Locator("#curl")).Not.ToContainTextAsync("nin-cifar10");
        }, server);
    }

    [Fact]
    public async Task A_key_is_asked_for_where_the_server_wants_one_and_kept_nowhere()
    {
        Chromium.Require();
        await using var server = await BrowserFixture.Serve([BrowserFixture.Fashion], key: "right");
        await browser.Visit(async page =>
        {
            foreach (var key in new[] { "wrong", "right" })
            {
                await Expect(page.GetByLabel("API key")).ToBeVisibleAsync(); // Hidden from a key to its answer; the focus may still seem to be there.
                await Expect(page.GetByLabel("API key")).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync(key);
                await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), "**/v2/models");
            }
            await Expect(page.GetByLabel("API key")).ToBeHiddenAsync();
            await page.Try("Bag");
            await Expect(page.Locator("#curl")).ToContainTextAsync("$NIN_API_KEY");
            Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length + document.cookie.length"));
        }, server, refusals: 2);
    }

    [Fact]
    public Task A_refusal_is_said_in_the_servers_words_and_can_be_tried_again() => browser.Visit(async page =>
    {
        await page.RouteAsync("**/predict?**", route => route.FulfillAsync(new()
        {
            Status = 429,
            ContentType = "application/problem+json",
            Headers = new Dictionary<string, string> { ["Retry-After"] = "2" },
            Body = """{ "title": "too many requests", "detail": "the queue is full" }""",
        }), new() { Times = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Bag", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Locator("p")).ToHaveTextAsync(["The queue is full.", "Try again in 2 s."]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.Says("Bag");
    }, refusals: 1);

    [Fact]
    public Task A_server_that_is_gone_is_said_to_be_gone() => browser.Visit(async page =>
    {
        await page.Try("Bag");
        await page.RouteAsync("**/predict?**", route => route.AbortAsync());
        await page.Choose("coat.png", PageSteps.Sample("coat"));
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing answers at http://127.0.0.1:");
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.Says("Coat");
    });

    [Fact]
    public Task A_sample_that_cannot_be_fetched_is_told_and_can_be_tried_again() => browser.Visit(async page =>
    {
        await page.Try("Coat");
        await page.RouteAsync("**/samples/bag.png", route => route.AbortAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Bag", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing answers at http://127.0.0.1:");
        await page.UnrouteAllAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.Says("Bag");
    });

    private static string Percent(JsonElement entry) => $"{100 * entry.GetProperty("probability").GetDouble():0.0} %";
}
