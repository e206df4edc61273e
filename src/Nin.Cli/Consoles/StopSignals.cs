using System.Runtime.InteropServices;
using Nin.Cli.Rendering;
using Nin.Runs;

namespace Nin.Cli.Consoles;

/// <summary>Ctrl-C and SIGTERM: the first asks the run to finish its step and save, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Action<RunEvent> _show;
    private readonly Terminal _terminal;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens until disposed.</summary>
    /// <param name="show">Tells the user that the run is about to stop.</param>
    /// <param name="terminal">Is put in order before the process ends.</param>
    public StopSignals(Action<RunEvent> show, Terminal terminal)
    {
        (_show, _terminal) = (show, terminal);
        _registrations = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Receive))];
    }

    /// <summary>Made by the first signal.</summary>
    public StopRequest Request => new(() => Reason ?? StopReason.Interrupted, _source.Token);

    /// <summary>The word for what came, as in <c>stopped_because</c>; null when nothing did.</summary>
    public string? Reason { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        if (Reason is not null)
        {
            // Not cancelled: the system ends the process as the signal does. The bar had hidden the cursor.
            if (_terminal.Live is not null) _terminal.Error.Write("\e[?25h");
            return;
        }
        context.Cancel = true;
        Reason = context.Signal == PosixSignal.SIGTERM ? StopReason.Terminated : StopReason.Interrupted;
        _show(new RunNoticed("stopping after this step and saving; once more quits at once"));
        _source.Cancel();
    }
}
