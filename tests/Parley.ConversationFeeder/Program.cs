using System.Globalization;
using Parley.ConversationFeeder;
using Parley.Conversations.Running;
using Parley.Storage.Sqlite;

// Holds conversations over a log until it is killed, and says what was acknowledged, a line each, with a stop at its end: "chunk STREAM SOURCE SEQUENCE",
// "work STREAM SEGMENT", "end STREAM", "erase STREAM"; and "wrong …" where an answer is not what it must be.
// and "message STREAM SOURCE SEQUENCE" of recognisers. ACKNOWLEDGED has what senders know to be safe, a line each: STREAM SOURCE SEQUENCE.
// Usage: Parley.ConversationFeeder FILE disk|process PLACES ACKNOWLEDGED
var options = new SqliteLogOptions { Path = args[0], Durability = args[1] == "disk" ? LogDurability.Disk : LogDurability.Process };
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });

var memory = new SenderMemory(args[3]);

await using var log = await SqliteEventLog.OpenAsync(options);
var worker = new Worker(output);
// Short times and small checkpoints: a kill should find all of it going on.
var run = new ConversationOptions { CheckpointEvery = 40, EndDrain = TimeSpan.FromMilliseconds(100), PassivateAfter = TimeSpan.FromMilliseconds(200) };
await using var directory = new ConversationDirectory(log, run);
directory.Observe(worker);
var work = worker.RunAsync(directory);
await directory.ResumeAsync((stream, problem) => output.WriteLine($"wrong {stream} at its return: {problem.Message}."));

var places = Enumerable.Range(0, int.Parse(args[2], CultureInfo.InvariantCulture));
await Task.WhenAny([work, .. places.Select(place => Task.Run(() => new Place(place, directory, output, memory).HoldAsync(log)))]).Unwrap();
