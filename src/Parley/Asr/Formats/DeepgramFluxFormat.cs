using System.Globalization;

namespace Parley.Asr;

/// <summary>
/// Deepgram Flux: one text per turn, replaced until EndOfTurn. An EagerEndOfTurn is still an interim: TurnResumed may follow. The fields
/// <c>sequence_id</c> and <c>request_id</c> are used where they are there.
/// </summary>
internal sealed class DeepgramFluxFormat : IAsrFormat
{
    public string Name => "deepgram-flux";

    public string Description => "Deepgram Flux (v2): TurnInfo.";

    public string SampleMessage =>
        """{"type":"TurnInfo","request_id":"r-2","sequence_id":17,"event":"EndOfTurn","turn_index":3,"audio_window_start":4.1,"audio_window_end":5.8,"transcript":"Please cancel my plan.","end_of_turn_confidence":0.91,"words":[{"word":"Please","confidence":0.99}]}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Is("type", "TurnInfo") ? "its type is TurnInfo" : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private long? _sequence;
        private string? _request;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            switch (json.RequireText("type"))
            {
                case "TurnInfo": break;
                case "Connected" or "ConfigureSuccess" or "ConfigureFailure": return;
                case "Error": updates.Report(AsrAnomaly.RecogniserError, json.Label("code")); return;
                default: updates.Report(AsrAnomaly.UnknownMessage); return;
            }

            var turn = json.Integer("turn_index") ?? throw new AsrMessageException("turn_index: missing");
            var happened = json.RequireText("event");
            var update = new AsrUpdate
            {
                Key = turn.ToString(CultureInfo.InvariantCulture),
                Start = json.RequireSeconds("audio_window_start"),
                End = json.RequireSeconds("audio_window_end"),
                Text = json.RequireText("transcript"),
                IsFinal = happened == "EndOfTurn",
                EndOfTurn = happened == "EndOfTurn",
            };
            var request = json.Text("request_id");
            if (request is not null) updates.OfConnection(request);
            if (!IsNext(request, json.Integer("sequence_id"), update.IsFinal, updates)) return;
            // Nothing is heard yet; withdrawing what a straggler of this turn brought would be wrong.
            if (happened != "StartOfTurn" || update.Text!.Length > 0) updates.Add(update);
        }

        private bool IsNext(string? request, long? sequence, bool isFinal, AsrUpdates updates)
        {
            if (request != _request) (_request, _sequence) = (request, null);
            if (sequence <= _sequence)
            {
                // The end of a turn counts whenever it comes.
                if (!isFinal) updates.Report(AsrAnomaly.Stale, "sequence_id ran back");
                return isFinal;
            }

            if (sequence > _sequence + 1) updates.Report(AsrAnomaly.MessagesMissing, "sequence_id has a hole");
            _sequence = sequence ?? _sequence;
            return true;
        }
    }
}
