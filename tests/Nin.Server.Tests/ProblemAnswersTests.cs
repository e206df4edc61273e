using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Nin.Server.Http;

namespace Nin.Server.Tests;

public sealed class ProblemAnswersTests
{
    [Fact]
    public async Task A_log_line_says_what_is_known_of_a_request()
    {
        var lines = new Lines();
        await Ask(_ => Task.CompletedTask);
        await Ask(context =>
        {
            context.Features.Set(new RequestFacts("m", Images: 1, Batch: 2, QueueMs: 0.5, ComputeMs: 1));
            return Task.CompletedTask;
        });
        Assert.Collection(lines.All,
            line => Assert.Matches(@"^GET /v2 200 \d+\.\d ms$", line),
            line => Assert.EndsWith(" ms (model m, images 1, batch 2, queue 0.5 ms, compute 1.0 ms)", line, StringComparison.Ordinal));

        Task Ask(RequestDelegate next) =>
            new ProblemAnswers(next, new() { LogRequests = true }, metrics: null!, lines).InvokeAsync(new DefaultHttpContext { Request = { Method = "GET", Path = "/v2" } });
    }

    private sealed class Lines : ILogger<ProblemAnswers>
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Add(formatter(state, exception));
    }
}
