using System.Diagnostics;

namespace Nin.Benchmarks.Tests;

public sealed class PyTorchCaseTests
{
    [Fact]
    public void A_case_is_the_operations_of_its_plan_on_one_line()
    {
        var json = PyTorchCase.Json(BenchmarkCase.Find("nin-cifar10"));
        Assert.StartsWith("""{"batch":128,"classes":10,"input":[3,32,32],"operations":[{"type":"ConvolutionOperation","in":3,"out":192,"kernel":5,"stride":1,"padding":2},{"type":"ReluOperation"},""", json);
        Assert.DoesNotContain('\n', json);
    }

    [Fact]
    public void The_script_has_a_module_for_every_operation()
    {
        var script = File.ReadAllText(Script);
        foreach (var operation in BenchmarkCase.All.SelectMany(benchmark => benchmark.Plan.Steps).Select(step => step.Operation.GetType().Name).Distinct())
            Assert.Contains($"\"{operation}\": lambda o:", script);
    }

    [Fact]
    public void The_script_is_python()
    {
        const string python = "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), "there is no Python");
        using var check = Process.Start(new ProcessStartInfo(python, ["-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())", Script]))!;
        check.WaitForExit();
        Assert.Equal(0, check.ExitCode);
    }

    private static string Script => Path.Combine(AppContext.BaseDirectory, "pytorch_steps.py");
}
