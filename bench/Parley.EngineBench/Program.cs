using System.Globalization;
using Parley.Conversations.Running;

// The engine in one process, chunks handed in to acknowledged and shown. The log is SQLite's unless said otherwise.
// Usage: Parley.EngineBench latency [--streams N] [--rate R] [--seconds S] [--runs N] [--durability disk|process] [--every N] [--dir DIR]
//        Parley.EngineBench throughput [--streams N] [--seconds S] [--runs N] [--every N] [--durability disk|process|memory]
//        Parley.EngineBench reopen [--chunks N] [--every N] [--durability disk|process]
//        Parley.EngineBench live [--conversations N]
//        Parley.EngineBench soak [--minutes M] [--streams N] [--rate R]
var options = new Options(args);
await (args.FirstOrDefault() switch
{
    "latency" => Latency.MeasureAsync(options),
    "throughput" => Throughput.MeasureAsync(options),
    "reopen" => Reopening.MeasureAsync(options),
    "first" => Reopening.MeasureFirstAsync(options),
    "live" => LiveMemory.MeasureAsync(options),
    "soak" => Soak.RunAsync(options),
    _ => Console.Error.WriteLineAsync("latency, throughput, reopen, live or soak?"),
});

internal sealed class Options(string[] args)
{
    public string Text(string name, string otherwise) => args.SkipWhile(arg => arg != name).ElementAtOrDefault(1) ?? otherwise;

    public double Number(string name, double otherwise) => double.Parse(Text(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    public ConversationOptions Run() => new() { CheckpointEvery = Count("--every", new ConversationOptions().CheckpointEvery) };

    public int Count(string name, int otherwise) => (int)Number(name, otherwise);
}
