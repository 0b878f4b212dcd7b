using System.Runtime.InteropServices;
using Parley.Cli;

// The first Ctrl-C lets the command finish what it has; the second ends it where it is.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await ParleyCommand.RunAsync(args, Terminal.OfThisProcess(), stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
