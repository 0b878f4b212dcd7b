using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Parley.IntegrationTests.Log;

public sealed class KillTests : IDisposable
{
    private const int Streams = 8;

    private readonly LogFile _file = new();

    // The short run; PARLEY_KILLS asks for a longer one.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("PARLEY_KILLS") ?? "6", CultureInfo.InvariantCulture);

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("disk")]
    [InlineData("process")]
    public async Task After_a_kill_every_acknowledged_fact_is_there_once(string durability)
    {
        var acknowledged = Enumerable.Range(0, Streams).ToDictionary(number => $"s{number}", _ => 0L);
        // The same instants every time, as far as acknowledgements go; what the writer is doing then differs.
        var instants = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            await WriteAndKillAsync(durability, instants.Next(1, 400), acknowledged);
            await using var log = await _file.OpenAsync();
            foreach (var (stream, seq) in acknowledged)
            {
                var facts = await log.ReadAsync(stream, 0).AllAsync();
                Assert.True(facts.Count >= seq, $"{stream} was acknowledged up to {seq} and has {facts.Count}.");
                Assert.Equal(Enumerable.Range(1, facts.Count).Select(number => $"\"{stream} {number}\""), facts.Select(fact => Encoding.UTF8.GetString(fact.Json.Span)));
                Assert.Equal(Enumerable.Range(1, facts.Count).Select(number => (long)number), facts.Select(fact => fact.Seq));
            }
        }
    }

    private async Task WriteAndKillAsync(string durability, int lines, Dictionary<string, long> acknowledged)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Parley.LogWriter.dll");
        using var writer = Process.Start(new ProcessStartInfo("dotnet", [program, _file.Path, durability, $"{Streams}"]) { RedirectStandardOutput = true })!;
        for (var line = 0; line < lines; line++)
            Note(await writer.StandardOutput.ReadLineAsync());
        writer.Kill();
        // What it managed to say before it died counts.
        while (await writer.StandardOutput.ReadLineAsync() is { } line)
            Note(line);
        await writer.WaitForExitAsync();

        void Note(string? line)
        {
            Assert.NotNull(line);
            // The last line may be cut short: then it names a smaller number, or none.
            if (line.Split(' ') is [var stream, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
                acknowledged[stream] = Math.Max(acknowledged[stream], seq);
        }
    }
}
