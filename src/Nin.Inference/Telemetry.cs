using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Nin.Inference;

/// <summary>
/// ONNX Runtime's packages report to their maker unless told otherwise, from 1.29 on outside Windows too: an identifier in the user's cache, events over the
/// network (https://github.com/microsoft/onnxruntime/pull/27379). Nin reports nothing.
/// </summary>
internal static partial class Telemetry
{
    private static readonly Lazy<OrtEnv> Silent = new(() =>
    {
        // Read when the environment is made; Environment.SetEnvironmentVariable does not reach native code.
        if (!OperatingSystem.IsWindows()) _ = SetEnvironment("ORT_DISABLE_TELEMETRY", "1", 1);
        var environment = OrtEnv.Instance();
        environment.DisableTelemetryEvents();
        return environment;
    });

    /// <summary>Turns it off for the process; to be called before anything else of ONNX Runtime.</summary>
    public static void TurnOff() => _ = Silent.Value;

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
