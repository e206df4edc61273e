using Nin;
using Nin.Benchmarks;

try
{
    return args is ["--worker", var contestant] ? Worker.Run(contestant) : Benchmark.Run(Request.Of(args));
}
catch (NinException error)
{
    Console.Error.WriteLine($"error: {error.Message}\n  why: {error.Why}\n  fix: {error.Fix}");
    return error.ExitCode;
}
