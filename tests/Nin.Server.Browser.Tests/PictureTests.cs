using System.Buffers.Binary;

namespace Nin.Server.Browser;

/// <summary>Every way to give the page a picture.</summary>
public sealed class PictureTests(BrowserFixture browser)
{
    [Fact]
    public Task A_file_is_chosen() => browser.Visit(async page =>
    {
        await page.Choose("my bag.png", PageSteps.Bag);
        await page.Says("Bag");
        await Expect(page.Locator("#picture-name")).ToHaveTextAsync("my bag.png");
        await Expect(page.GetByAltText("my bag.png", new() { Exact = true })).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("drop")]
    [InlineData("paste")]
    public Task A_picture_is_dropped_or_pasted_anywhere(string way) => browser.Visit(async page =>
    {
        await Hand(page, way, PageSteps.Bag);
        await page.Says("Bag");
    });

    [Fact]
    public Task Of_several_files_the_first_is_taken_and_that_is_said() => browser.Visit(async page =>
    {
        await Hand(page, "drop", PageSteps.Bag, PageSteps.Sample("coat"));
        await Expect(page.Locator("#status")).ToContainTextAsync("Only the first of 2 files was taken. Bag");
    });

    [Fact]
    public Task Every_sample_gets_its_own_label() => browser.Visit(async page =>
    {
        var labels = await page.Locator("#samples img").EvaluateAllAsync<string[]>("samples => samples.map(sample => sample.alt)");
        Assert.Equal(10, labels.Length);
        foreach (var label in labels) await page.Try(label);
    });

    [Fact]
    public Task A_sample_that_comes_late_gives_way_to_the_picture_chosen_after_it() => browser.Visit(async page =>
    {
        var late = new TaskCompletionSource();
        await page.RouteAsync("**/samples/bag.png", async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Bag", Exact = true }).ClickAsync();
        await page.Choose("my coat.png", PageSteps.Sample("coat"));
        await page.Says("Coat");
        await page.RunAndWaitForResponseAsync(() => { late.SetResult(); return Task.CompletedTask; }, "**/samples/bag.png");
        await page.EvaluateAsync("new Promise(done => setTimeout(done, 200))");
        await Expect(page.Locator("#picture-name")).ToHaveTextAsync("my coat.png");
        await Expect(page.Locator("#label")).ToHaveTextAsync("Coat");
        await Expect(page.Locator("#answer")).ToHaveAttributeAsync("aria-busy", "false");
    });

    [Fact]
    public Task A_second_finger_draws_nothing() => browser.Visit(async page =>
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Draw" }).ClickAsync();
        await page.Locator("#paper").ScrollIntoViewIfNeededAsync();
        var paper = (await page.Locator("#paper").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(paper.X + 0.2f * paper.Width, paper.Y + 0.2f * paper.Height);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(paper.X + 0.2f * paper.Width, paper.Y + 0.8f * paper.Height, new() { Steps = 8 });
        var first = await Ink(page);
        await page.EvalOnSelectorAsync("#paper",
            """
            paper => {
                const { right, bottom } = paper.getBoundingClientRect();
                for (const type of ['pointerdown', 'pointermove', 'pointerup'])
                    paper.dispatchEvent(new PointerEvent(type, { pointerId: 7, isPrimary: false, clientX: right - 20, clientY: bottom - 20 }));
            }
            """);
        Assert.Equal(first, await Ink(page));
        await page.Sends(() => page.Mouse.UpAsync());
    });

    [Fact]
    public Task A_drawing_is_sent_as_a_png_of_the_models_size_after_each_stroke() => browser.Visit(async page =>
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Draw" }).ClickAsync();
        await page.Sends(() => page.Stroke((0.3f, 0.2f), (0.3f, 0.9f), (0.7f, 0.9f), (0.7f, 0.2f), (0.3f, 0.2f)));
        await Expect(page.Locator("#label")).Not.ToBeEmptyAsync();
        Assert.Equal((28, 28), Size(await Saved(page)));
        var first = await Ink(page);

        await page.Sends(() => page.Stroke((0.5f, 0.2f), (0.5f, 0.9f)));
        Assert.True(await Ink(page) > first);
        await page.Sends(() => page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync());
        Assert.Equal(first, await Ink(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        Assert.Equal(0, await Ink(page));
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clear" })).ToBeDisabledAsync();
    });

    [Fact]
    public Task The_camera_takes_a_picture_and_goes_off() => browser.Visit(async page =>
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Camera" }).ClickAsync();
        await page.Sends(() => page.GetByRole(AriaRole.Button, new() { Name = "Take the picture" }).ClickAsync());
        await Expect(page.Locator("#picture-name")).ToHaveTextAsync("photo.jpg");
        Assert.True(await page.EvalOnSelectorAsync<bool>("#video", "video => video.srcObject === null"));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "save it" })).ToHaveAttributeAsync("download", "photo.jpg");
    });

    [Fact]
    public Task The_camera_goes_off_however_often_it_was_asked_for() => browser.Visit(async page =>
    {
        await page.EvaluateAsync(
            """
            () => {
                const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
                window.streams = [];
                navigator.mediaDevices.getUserMedia = async wanted => { const stream = await ask(wanted); streams.push(stream); return stream; };
            }
            """);
        var camera = page.GetByRole(AriaRole.Tab, new() { Name = "Camera" });
        await camera.ClickAsync();
        await camera.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take the picture" })).ToBeEnabledAsync();
        await camera.ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "File" }).ClickAsync();
        for (var tries = 0; tries < 100; tries++)
        {
            if (await page.EvaluateAsync<bool>("streams.length === 3 && streams.every(stream => stream.getTracks().every(track => track.readyState === 'ended'))")) return;
            await Task.Delay(50);
        }
        Assert.Fail("a camera is still on");
    });

    [Fact]
    public Task A_file_that_is_no_picture_is_refused_in_words() => browser.Visit(async page =>
    {
        await page.Try("Bag");
        await page.Choose("notes.png", "no picture at all"u8.ToArray());
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("notes.png");
        await Expect(page.Locator("#label")).ToBeHiddenAsync();
        await Expect(page.Locator("#problem")).ToBeInViewportAsync();
        await Expect(page.Locator("#invitation")).ToHaveTextAsync("The browser cannot show this file.");
        await page.Try("Coat");
        await Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }, refusals: 1);

    /// <summary>Hands files to the page as a browser does: by a drop or a paste on its body.</summary>
    private static async Task Hand(IPage page, string way, params byte[][] files) => await page.EvaluateAsync(
        """
        ([way, files]) => {
            const data = new DataTransfer();
            for (const file of files) data.items.add(new File([Uint8Array.from(atob(file), c => c.charCodeAt(0))], 'given.png', { type: 'image/png' }));
            const options = { bubbles: true, cancelable: true };
            document.body.dispatchEvent(way === 'drop' ? new DragEvent('drop', { ...options, dataTransfer: data }) : new ClipboardEvent('paste', { ...options, clipboardData: data }));
        }
        """, new object[] { way, files.Select(Convert.ToBase64String).ToArray() });

    /// <summary>The picture that was sent, by the link that saves it.</summary>
    private static async Task<byte[]> Saved(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "save it" }).ClickAsync());
        Assert.Equal("drawing.png", download.SuggestedFilename);
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    private static (int Width, int Height) Size(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));

    private static Task<double> Ink(IPage page) => page.EvalOnSelectorAsync<double>("#paper",
        "paper => paper.getContext('2d').getImageData(0, 0, 28, 28).data.filter((_, i) => i % 4 === 0).reduce((sum, value) => sum + value, 0)");
}
