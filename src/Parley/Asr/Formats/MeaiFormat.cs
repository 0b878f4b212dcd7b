using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// <c>SpeechToTextResponseUpdate</c> of Microsoft.Extensions.AI, as its serializer writes it. By contract <c>textupdated</c> is final; some
/// clients send every delta as such, without times, and those are pieces of text. Read from github.com/dotnet/extensions
/// (SpeechToTextResponseUpdate.cs, OpenAISpeechToTextClient.cs).
/// </summary>
internal sealed class MeaiFormat : IAsrFormat
{
    public string Name => "meai";

    public string Description => "Microsoft.Extensions.AI: SpeechToTextResponseUpdate as JSON.";

    public string SampleMessage =>
        """{"kind":"textupdated","responseId":"r-1","startTime":"00:00:04.1800000","endTime":"00:00:05.4000000","contents":[{"$type":"text","text":"Please cancel my plan."}],"additionalProperties":{"speaker_id":"ana"}}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.IsText("kind") && message.Json.Has("contents")
        && message.Json.Text("kind")!.ToUpperInvariant() is "TEXTUPDATING" or "TEXTUPDATED" or "SESSIONOPEN" or "SESSIONCLOSE"
            ? "it has contents, and its kind is that of a speech to text update"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        // A client that shows text while it changes sends it whole.
        private bool _showsChanges;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            switch (json.RequireText("kind").ToUpperInvariant())
            {
                case "TEXTUPDATING":
                    _showsChanges = true;
                    ReadText(json, isFinal: false, updates);
                    break;
                case "TEXTUPDATED": ReadText(json, isFinal: true, updates); break;
                case "SESSIONOPEN": updates.NewConnection(); break;
                case "SESSIONCLOSE":
                    // What is still open, and not told again, stands.
                    if (TextOf(json).Length > 0) ReadText(json, isFinal: true, updates);
                    updates.EndConnection();
                    break;
                case "ERROR":
                    var error = json.Items("contents").FirstOrDefault(content => content.Is("$type", "error"));
                    updates.Report(AsrAnomaly.RecogniserError, error.ValueKind == JsonValueKind.Object ? error.Label("errorCode") : null);
                    break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void ReadText(JsonElement json, bool isFinal, AsrUpdates updates)
        {
            var text = TextOf(json);
            // The times of text that came before, or nothing at all.
            if (text.Length == 0 && !_showsChanges) return;
            var start = json.Clock("startTime");
            var isPiece = isFinal && start is null && !_showsChanges;
            var more = json.Object("additionalProperties");
            updates.Add(new()
            {
                Key = start?.ToString("F3", CultureInfo.InvariantCulture),
                Delivery = isPiece ? AsrDelivery.Append : AsrDelivery.Snapshot,
                Start = start,
                End = json.Clock("endTime"),
                // A sentence does not go on with the last word.
                Text = isPiece && char.IsUpper(text[0]) ? " " + text : text,
                SpeakerId = more is { } who ? SpeakerNames.In(who, who.NameOf("speaker_id", "speakerId", "speaker")) : null,
                Language = more?.Text(more.Value.NameOf("language", "Language")),
                Confidence = more?.Confidence("confidence"),
                IsFinal = isFinal,
                EndOfTurn = isFinal && !isPiece,
            });
        }

        private static string TextOf(JsonElement json) =>
            string.Concat(json.Items("contents").Where(content => content.Is("$type", "text")).Select(content => content.Text("text")));
    }
}
