// A server under load: this process starts it as another one and is its clients. Exits with 1 where anything was lost, never because of time.
// Usage: Parley.LoadBench steady   [--streams N] [--rate R] [--viewers N] [--seconds S] [--warmup S] [--runs N] [--server parley|echo]
//        Parley.LoadBench saturate [--streams N] [--window N] [--viewers N] [--seconds S] [--warmup S] [--rounds N] [--server parley|echo]
//        Parley.LoadBench idle     [--streams N] [--settle S] [--server parley|echo]
//        Parley.LoadBench long     [--chunks N] [--streams N] [--rate R] [--seconds S] [--warmup S] [--rounds N]
// and for each: [--parley PARLEY.DLL] [--serve "ARGUMENTS OF PARLEY SERVE"]

// Read when the first socket is made: receives go on where they came in, which costs the machine that both sides share the least.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var options = new Options(args);
switch (args.FirstOrDefault())
{
    case "steady": return await Steady.MeasureAsync(options) ? 0 : 1;
    case "saturate": return await Saturate.MeasureAsync(options) ? 0 : 1;
    case "idle": return await Idle.MeasureAsync(options) ? 0 : 1;
    case "long": return await Long.MeasureAsync(options) ? 0 : 1;
    case "echo-server":
        await EchoServer.RunAsync(options.Text("--url", "http://127.0.0.1:8080"));
        return 0;
    default:
        Console.Error.WriteLine("steady, saturate, idle or long?");
        return 2;
}
