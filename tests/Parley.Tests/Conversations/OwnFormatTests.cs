using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;

namespace Parley.Tests.Conversations;

/// <summary>A recogniser format that an application brings has everything that those of Parley have.</summary>
public sealed class OwnFormatTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const string Transcription = "conversation.item.input_audio_transcription";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai-realtime")]
    [InlineData("mine")]
    public async Task What_was_said_in_an_earlier_connection_is_known_again_after_a_restart(string name)
    {
        var own = new Renamed(name, AsrFormats.Default.Get("openai-realtime"));
        var options = new ConversationOptions { Formats = AsrFormats.Default.With(own) };
        await using var log = new MemoryEventLog();
        var sender = new Sender(Stream);
        await using (var directory = new ConversationDirectory(log, options, new FakeTimeProvider()))
        {
            await directory.OpenAsync(Stream, cancellationToken: Cancel);
            await sender.MessageAsync(directory, name, """{"type":"session.created"}""");
            await sender.MessageAsync(directory, name, Said("a", "Please cancel my plan."));
            await sender.MessageAsync(directory, name, """{"type":"session.created"}""");
            await sender.MessageAsync(directory, name, Said("b", "Thank you very much."));
            await sender.SettleAsync(directory);
        }

        await using (var directory = new ConversationDirectory(log, options, new FakeTimeProvider()))
        {
            await sender.MessageAsync(directory, name, Said("a", "Please cancel my plan."));
            await sender.SettleAsync(directory);
        }

        var facts = await log.ReadAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).ToListAsync(Cancel);
        Assert.Equal(["Please cancel my plan.", "Thank you very much."], facts.OfType<ChunkAccepted>().Select(chunk => chunk.Text));
    }

    private static string Said(string item, string text) =>
        $$"""{"type":"{{Transcription}}.completed","item_id":"{{item}}","content_index":0,"transcript":"{{text}}"}""";

    /// <summary>A format under another name.</summary>
    private sealed class Renamed(string name, IAsrFormat format) : IAsrFormat
    {
        public string Name => name;

        public string Description => format.Description;

        public string SampleMessage => format.SampleMessage;

        public bool ClockMayRestart => format.ClockMayRestart;

        public bool KeysOutliveConnections => format.KeysOutliveConnections;

        public string? Recognise(AsrMessage message) => null;

        public IAsrReader OpenReader() => format.OpenReader();

        public IAsrReader ResumeReader(double saidUntil) => format.ResumeReader(saidUntil);
    }
}
