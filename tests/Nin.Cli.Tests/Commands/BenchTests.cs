using System.Text.Json;
using Nin.Cli.Predicting;

namespace Nin.Cli.Tests.Commands;

[Collection("libtorch")]
public sealed class BenchTests
{
    private static readonly string[] Short = ["bench", "nin-mnist", "--batch", "2", "--steps", "1", "--threads", "1", "--precision", "fp32"];

    [Fact]
    public void A_profile_has_a_row_for_every_operation_and_ends_with_the_rate()
    {
        var (exitCode, terminal) = CapturedTerminal.Run([.. Short, "--profile"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("\n0.0 convolution 5x5, 1 -> 96, padding 2 ", terminal.Out);
        Assert.Contains("\nwhole step ", terminal.Out);
        Assert.Matches(@"\nnin-mnist: cpu, float32, 1 thread, batch 2\n[\d,]+ images/s: [\d.]+ ms a step, median of 1\nthe loader alone: [\d,]+ images/s, \d+ times as many; peak memory \d+ MiB\n$", terminal.Out);
    }

    [Fact]
    public void Json_has_every_operation_with_its_shares_adding_up()
    {
        var (exitCode, terminal) = CapturedTerminal.Run([.. Short, "--json"]);
        Assert.Equal(0, exitCode);
        var root = JsonDocument.Parse(terminal.Out).RootElement;
        var operations = root.GetProperty("operations").EnumerateArray().Select(operation => operation.GetProperty("share").GetDouble()).ToArray();
        Assert.Equal(23, operations.Length);
        Assert.InRange(operations.Sum(), 0.05, 1.0001);
        Assert.True(root.GetProperty("images_per_second").GetDouble() > 0);
    }

    [Fact]
    public void A_model_is_measured_beside_ONNX_Runtime_alone()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("bench", ShippedModel.Path(), "--seconds", "1", "--batch", "2", "--threads", "1", "--json");
        Assert.True(exitCode == 0, terminal.Error);
        var root = JsonDocument.Parse(terminal.Out).RootElement;
        foreach (var figure in new[] { "bare_images_per_second", "images_per_second", "bare_ms", "decode_ms", "picture_ms" }) Assert.InRange(root.GetProperty(figure).GetDouble(), 1e-6, 1e7);
    }

    [Theory]
    [InlineData("nin-fast --seconds 60", "error: --seconds does not go together with a training")]
    [InlineData("model.onnx --precision bf16", "error: --precision does not go together with a model")]
    [InlineData("http://127.0.0.1:8080 --batch 64", "error: --batch does not go together with a server")]
    [InlineData("nin-fast --profile --scaling", "error: --profile does not go together with --scaling")]
    public void Flags_of_something_else_are_refused(string line, string expected)
    {
        var (exitCode, terminal) = CapturedTerminal.Run(["bench", .. line.Split(' ')]);
        Assert.Equal(2, exitCode);
        Assert.Equal(expected, terminal.ErrorLines[0]);
    }

    [Fact]
    public void Nothing_cannot_be_measured()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("bench", "nin-fast", "--steps", "0");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: --steps cannot be 0", terminal.Error);
    }

    [Fact]
    public void A_server_behind_TLS_cannot_be_measured()
    {
        var (exitCode, terminal) = CapturedTerminal.Run("bench", "https://127.0.0.1:8443");
        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: https://127.0.0.1:8443/ cannot be measured", terminal.Error);
    }
}
