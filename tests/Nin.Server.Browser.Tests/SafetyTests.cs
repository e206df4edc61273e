namespace Nin.Server.Browser;

/// <summary>What the page must never do. That it asks nobody else and breaks no policy is seen at every visit, too.</summary>
public sealed class SafetyTests(BrowserFixture browser)
{
    [Fact]
    public Task The_policy_allows_nothing_inline_and_nothing_from_elsewhere() => browser.Visit(async page =>
    {
        var answer = await page.ReloadAsync();
        var policy = (await answer!.AllHeadersAsync())["content-security-policy"];
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("style=|<style|<script>| on[a-z]+=", await answer.TextAsync());
    });

    [Fact]
    public Task A_label_or_a_file_name_is_never_markup() => browser.Visit(async page =>
    {
        const string evil = "<img src=x onerror=\"document.title='broken'\">.png";
        await page.RouteAsync("**/predict?**", async route =>
        {
            var told = await (await route.FetchAsync()).TextAsync();
            await route.FulfillAsync(new() { ContentType = "application/json", Body = told.Replace("\"Bag\"", "\"<b>Bag</b>\"", StringComparison.Ordinal) });
        });
        await page.Choose(evil, PageSteps.Bag);
        await page.Says("<b>Bag</b>");
        await Expect(page.Locator("#picture-name")).ToHaveTextAsync(evil);
        await Expect(page.Locator("main b")).ToHaveCountAsync(0);
        await Expect(page).ToHaveTitleAsync("Nin: show it a picture");
    });

    [Fact]
    public Task Nothing_is_stored() => browser.Visit(async page =>
    {
        await page.Try("Bag");
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => localStorage.length + sessionStorage.length + document.cookie.length + (await indexedDB.databases()).length + (await caches.keys()).length"));
        Assert.Empty(await page.Context.CookiesAsync());
    });
}
