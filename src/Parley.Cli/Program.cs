using System.Runtime.InteropServices;
using Parley.Cli;

// The first Ctrl-C lets the command finish what it has; the second ends it where it is.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, HangUp);
return await ParleyCommand.RunAsync(args, Terminal.OfThisProcess(), stop.Token);

// A closed terminal ends the command in it. To a server without one the signal says nothing: its settings are read once.
void HangUp(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (args is not ["serve", ..] || !Console.IsOutputRedirected) stop.Cancel();
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
