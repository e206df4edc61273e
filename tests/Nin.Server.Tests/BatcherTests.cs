using Nin.Inference;
using Nin.Server.Batching;

namespace Nin.Server.Tests;

/// <summary>What becomes of those who wait for a run.</summary>
public sealed class BatcherTests
{
    [Fact]
    public async Task Who_waits_for_a_run_that_fails_may_end_the_batcher()
    {
        using var classifier = Classifier.Load(TestServer.ShippedModel);
        var batcher = new Batcher(classifier, "model", 1, new(), metrics: null!); // which stands for whatever may fail in a run
        await Task.Run(async () =>
        {
            await Assert.ThrowsAnyAsync<Exception>(() => batcher.Classify(Tensors.Noise(2, seed: 0), 2, CancellationToken.None));
            batcher.Dispose();
        }).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
