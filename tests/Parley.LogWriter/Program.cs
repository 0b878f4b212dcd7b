using System.Globalization;
using System.Text;
using Parley.Log;
using Parley.Storage.Sqlite;

// Appends to a log until it is killed, and says each append that was acknowledged: "stream seq" on a line of its own.
// Usage: Parley.LogWriter FILE disk|process STREAMS
var options = new SqliteLogOptions { Path = args[0], Durability = args[1] == "disk" ? LogDurability.Disk : LogDurability.Process };
await using var log = await SqliteEventLog.OpenAsync(options);
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture)).Select(number => Task.Run(() => WriteAsync($"s{number}"))));

async Task WriteAsync(string stream)
{
    var seq = (await log.FindAsync(stream))?.Seq ?? 0;
    while (true)
    {
        LogRecord[] records = [Record(stream, seq + 1), Record(stream, seq + 2), Record(stream, seq + 3)];
        await log.AppendAsync(stream, 0, seq, records);
        seq += records.Length;
        await output.WriteLineAsync($"{stream} {seq}");
    }
}

static LogRecord Record(string stream, long seq) =>
    new(seq, seq, DateTimeOffset.UnixEpoch, "TEST", Encoding.UTF8.GetBytes($"\"{stream} {seq}\""));
