namespace Nin.Server.Browser;

/// <summary>What people do on the page.</summary>
internal static class PageSteps
{
    /// <summary>A picture of a bag, as a file's bytes.</summary>
    public static byte[] Bag { get; } = Sample("bag");

    /// <summary>The bytes of one of the samples.</summary>
    public static byte[] Sample(string name)
    {
        using var stream = typeof(NinServer).Assembly.GetManifestResourceStream($"wwwroot/samples/{name}.png")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Chooses a sample and waits for the answer.</summary>
    public static async Task Try(this IPage page, string label)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true }).ClickAsync();
        await page.Says(label);
    }

    /// <summary>Chooses a file by its button.</summary>
    public static Task Choose(this IPage page, string name, byte[] bytes, string type = "image/png") =>
        page.SetInputFilesAsync("#file", new FilePayload { Name = name, MimeType = type, Buffer = bytes });

    /// <summary>Waits until the answer is a class, with its maps.</summary>
    public static async Task Says(this IPage page, string label)
    {
        await Expect(page.Locator("#label")).ToHaveTextAsync(label);
        await Expect(page.Locator("#status")).ToContainTextAsync(label);
    }

    /// <summary>Does something that sends a picture, and waits for the answer.</summary>
    public static async Task Sends(this IPage page, Func<Task> act)
    {
        await page.RunAndWaitForResponseAsync(act, response => response.Url.Contains("/predict", StringComparison.Ordinal));
        await Expect(page.Locator("#answer")).ToHaveAttributeAsync("aria-busy", "false");
    }

    /// <summary>Draws with the mouse; places are shares of the paper's side.</summary>
    public static async Task Stroke(this IPage page, params (float X, float Y)[] points)
    {
        await page.Locator("#paper").ScrollIntoViewIfNeededAsync();
        var paper = (await page.Locator("#paper").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(paper.X + points[0].X * paper.Width, paper.Y + points[0].Y * paper.Height);
        await page.Mouse.DownAsync();
        foreach (var (x, y) in points[1..]) await page.Mouse.MoveAsync(paper.X + x * paper.Width, paper.Y + y * paper.Height, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }
}
