using System.Diagnostics;
using System.Globalization;
using Parley.ConversationFeeder;
using Parley.IntegrationTests.Log;
using Parley.Log;

namespace Parley.IntegrationTests.Conversations;

public sealed class ConversationKillTests : IDisposable
{
    private const int Places = 6;

    private readonly LogFile _file = new();

    // The short run; PARLEY_KILLS asks for a longer one.
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("PARLEY_KILLS") ?? "4", CultureInfo.InvariantCulture);

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("disk")]
    [InlineData("process")]
    public async Task After_a_kill_every_conversation_is_whole_and_goes_on(string durability)
    {
        var said = new Acknowledged();
        var verified = new Dictionary<string, long>();
        // The same instants every time, as far as acknowledgements go; what the writer is doing then differs.
        var instants = new Random(11);
        for (var kill = 0; kill < Kills; kill++)
        {
            await FeedAndKillAsync(durability, instants.Next(1, 600), said);
            await using var log = await _file.OpenAsync();
            var found = await log.ListAsync().ToDictionaryAsync(head => head.Stream, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Subset(found.Keys.ToHashSet(), said.Streams.ToHashSet());
            // What has not grown since it was looked at needs no second look.
            foreach (var head in found.Values.Where(head => verified.GetValueOrDefault(head.Stream) != head.Seq || said.IsErased(head.Stream)))
            {
                if (head.State == StreamState.Erased) Assert.True(Script.IsErased(head.Stream), $"{head.Stream} was erased.");
                else await WholeConversation.CheckAsync(log, head, said);
                verified[head.Stream] = head.Seq;
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{durability}: {Kills} kills, {verified.Count} conversations, {said.Count} acknowledgements, {verified.Values.Sum()} facts.");
    }

    private async Task FeedAndKillAsync(string durability, int lines, Acknowledged said)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Parley.ConversationFeeder.dll");
        var acknowledged = _file.Path + ".acknowledged";
        await File.WriteAllLinesAsync(acknowledged, said.SenderLines);
        using var feeder = Process.Start(new ProcessStartInfo("dotnet", [program, _file.Path, durability, $"{Places}", acknowledged]) { RedirectStandardOutput = true })!;
        try
        {
            for (var line = 0; line < lines; line++)
            {
                var next = await feeder.StandardOutput.ReadLineAsync();
                Assert.True(next is not null, "The feeder stopped by itself.");
                said.Note(next);
            }
        }
        finally
        {
            feeder.Kill();
        }

        // What it managed to say before it died counts; the last line may be cut short.
        while (await feeder.StandardOutput.ReadLineAsync() is { } line)
            said.Note(line);
        await feeder.WaitForExitAsync();
    }
}
