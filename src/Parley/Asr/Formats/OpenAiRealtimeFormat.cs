using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// OpenAI Realtime transcription sessions, and speaches. Deltas append, <c>completed</c> restates; completions may overtake each other, and
/// <c>committed</c> tells their order. Speakers come in <c>segment</c> events of the diarizing model, known from clients only. What a model
/// answers is said by the speaker <see cref="OpenAiAnswers.Speaker"/>, after what it answers.
/// </summary>
internal sealed class OpenAiRealtimeFormat : IAsrFormat
{
    private const string Transcription = "conversation.item.input_audio_transcription.";

    public string Name => "openai-realtime";

    public string Description => "OpenAI Realtime: transcription delta, segment, completed, and what the model answers.";

    public string SampleMessage =>
        """{"type":"conversation.item.input_audio_transcription.completed","event_id":"e5","item_id":"it_1","content_index":0,"transcript":"Please cancel my plan."}""";

    public bool ClockMayRestart => false;

    public bool KeysOutliveConnections => true;

    public string? Recognise(AsrMessage message)
    {
        if (!message.IsObject || !message.Json.IsText("type")) return null;
        var name = message.Json.Text("type")!;
        return IsKnown(name) ? "its type is " + name : null;
    }

    public IAsrReader OpenReader() => new Reader(hasSession: false);

    public IAsrReader ResumeReader(double saidUntil) => new Reader(hasSession: true);

    // Of a session that also answers.
    private static bool IsOfAnswer(string type) =>
        type.StartsWith("response.", StringComparison.Ordinal) || type.StartsWith("rate_limits.", StringComparison.Ordinal)
        || type.StartsWith("output_audio_buffer.", StringComparison.Ordinal) || type.StartsWith("conversation.", StringComparison.Ordinal);

    private static bool IsKnown(string type) =>
        type.StartsWith("input_audio_buffer.", StringComparison.Ordinal)
        || type.StartsWith("conversation.item.", StringComparison.Ordinal)
        || type.StartsWith("session.", StringComparison.Ordinal)
        || type.StartsWith("transcription_session.", StringComparison.Ordinal);

    private sealed class Item(string? id)
    {
        // Compatible servers leave it out; then there is one item at a time.
        public string? Id { get; } = id;

        public double? Start { get; set; }

        public double? End { get; set; }

        public List<AsrWord> Segments { get; } = [];
    }

    private sealed class Reader(bool hasSession) : IAsrReader
    {
        private const int MaxItems = 64;

        private readonly List<Item> _items = [];
        private readonly RecentSet<string> _events = new(512);
        private bool _hasSession = hasSession;

        // Whether what is said to a model is transcribed, so that the answer can wait for it.
        private bool _transcribes;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var type = json.RequireText("type");
            // A completed item that comes again is known by its key, and is recorded with its text.
            var isWhole = type == Transcription + "completed" || OpenAiAnswers.IsWhole(type);
            if (json.Text("event_id") is { } id && !_events.Add(id) && !isWhole)
            {
                updates.Report(AsrAnomaly.Repeated, "event_id");
                return;
            }

            _transcribes |= type.StartsWith(Transcription, StringComparison.Ordinal) || OpenAiAnswers.TranscribesInput(json);
            switch (type)
            {
                case "input_audio_buffer.speech_started":
                    Await(json, updates).Start = json.RequireSeconds("audio_start_ms") / 1000;
                    break;
                case "input_audio_buffer.speech_stopped":
                    Await(json, updates).End = json.RequireSeconds("audio_end_ms") / 1000;
                    break;
                case "input_audio_buffer.committed":
                    if (json.Text("item_id") is not { } item) break;
                    updates.Await(item);
                    updates.Announce(item, json.Text("previous_item_id"));
                    break;
                case Transcription + "delta":
                    AddText(ItemOf(json), json.RequireText("delta"), updates, new() { Delivery = AsrDelivery.Append });
                    break;
                case Transcription + "segment": ReadSegment(json, updates); break;
                case Transcription + "completed": ReadCompleted(json, updates); break;
                case Transcription + "failed":
                    updates.Report(AsrAnomaly.RecogniserError, json.Object("error")?.Label("code"));
                    if (json.Text("item_id") is { } failed) updates.Fail(failed);
                    break;
                case "session.created" or "transcription_session.created":
                    if (_hasSession) updates.NewConnection();
                    _hasSession = true;
                    _items.Clear();
                    break;
                case "conversation.item.added" or "conversation.item.created":
                    if (_transcribes && OpenAiAnswers.ItemOf(json) is { } answer) updates.Announce(answer, json.Text("previous_item_id"));
                    break;
                case "response.output_item.done":
                    if (OpenAiAnswers.EmptyItemOf(json) is { } empty) updates.Fail(empty);
                    break;
                case var _ when OpenAiAnswers.TextOf(type, json) is { } text:
                    ReadAnswer(json, text, OpenAiAnswers.IsWhole(type), updates);
                    break;
                case "error": updates.Report(AsrAnomaly.RecogniserError, json.Object("error")?.Label("code")); break;
                default: if (!IsKnown(type) && !IsOfAnswer(type)) updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void ReadSegment(JsonElement json, AsrUpdates updates)
        {
            var item = Await(json, updates);
            var speaker = SpeakerNames.In(json, "speaker");
            var segment = new AsrWord(json.RequireText("text"), json.RequireSeconds("start"), json.RequireSeconds("end"), speaker);
            item.Segments.Add(segment);
            item.Segments.Sort((left, right) => left.Start.CompareTo(right.Start));
            AddSegments(item, updates);
            // Segments are better than deltas, and take their place.
            AddText(item, null, updates, default);
        }

        private void ReadCompleted(JsonElement json, AsrUpdates updates)
        {
            var item = ItemOf(json);
            AddSegments(item, updates);
            AddText(item, json.RequireText("transcript"), updates, new() { IsFinal = true, EndOfTurn = true });
            _items.Remove(item);
        }

        private void ReadAnswer(JsonElement json, string text, bool isWhole, AsrUpdates updates)
        {
            var item = ItemOf(json, json.Text("response_id"));
            AddText(item, text, updates, new()
            {
                Delivery = isWhole ? AsrDelivery.Replace : AsrDelivery.Append,
                SpeakerId = OpenAiAnswers.Speaker,
                IsFinal = isWhole,
                EndOfTurn = isWhole,
            });
            if (isWhole) _items.Remove(item);
        }

        private static void AddSegments(Item item, AsrUpdates updates)
        {
            foreach (var segment in item.Segments) updates.AddWord(segment.Text.Trim(), segment.Start, segment.End, segment.SpeakerId);
        }

        private static void AddText(Item item, string? text, AsrUpdates updates, AsrUpdate update) =>
            updates.Add(update with { Key = item.Id, Start = item.Start, End = item.End, Text = text });

        private Item Await(JsonElement json, AsrUpdates updates)
        {
            var item = ItemOf(json);
            if (item.Id is not null) updates.Await(item.Id);
            return item;
        }

        private Item ItemOf(JsonElement json, string? otherId = null)
        {
            var id = json.Text("item_id") ?? otherId;
            if (id is not null && json.Integer("content_index") is > 0 and var part)
                id = string.Create(CultureInfo.InvariantCulture, $"{id}/{part}");
            if (_items.Find(item => item.Id == id) is { } known) return known;
            if (_items.Count == MaxItems) _items.RemoveAt(0);
            var item = new Item(id);
            _items.Add(item);
            return item;
        }
    }
}
