using System;
using System.Runtime.InteropServices;
using System.Threading;
using Converge;
using Converge.Cli;
using Converge.Cli.Commands;
using Converge.Cli.Output;

var terminal = Terminal.OfThisProcess();
using var ending = new CancellationTokenSource();
using var stopping = new CancellationTokenSource();

// The first Ctrl-C lets the step that runs end, the second stops it; the third is left to the system, which ends the process at once.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
try
{
    return await CommandLine.RunAsync(args, Composition.Of(terminal, stopping.Token), ending.Token);
}
catch (Exception e)
{
    // Nothing that was foreseen: shown without secrets, which an unhandled exception would not be.
    terminal.Error.WriteLine(Redaction.Clean($"converge has a defect: {e}"));
    return ExitCode.Failed;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stopping.IsCancellationRequested;
    if (!ending.IsCancellationRequested)
    {
        terminal.Error.WriteLine("\nstopping when the step that runs has ended; once more to stop now");
        ending.Cancel();
    }
    else if (signal.Cancel)
    {
        terminal.Error.WriteLine("\nstopping what runs on the hosts; once more to leave at once");
        stopping.Cancel();
    }
    else if (terminal.IsInteractive)
    {
        // The live display has hidden the cursor, and nobody will be there to bring it back.
        terminal.Error.Write("\x1b[?25h");
    }
}
