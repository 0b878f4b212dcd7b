using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Conversations.Rules;

namespace Parley.Tests.OldLogs;

/// <summary>Describes the state of a conversation as text. It names each value, because the stored descriptions never change.</summary>
internal static class OldLogState
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Describe(ConversationState state, long seq)
    {
        var stats = state.ToStats();
        return JsonSerializer.Serialize(
            new
            {
                Stream = state.StreamId,
                Seq = seq,
                state.EventId,
                state.Phase,
                state.Owner,
                Expected = state.Expected.OrderBy(source => source.Key, StringComparer.Ordinal).ToDictionary(),
                OpenSegments = state.OpenSegments.Select(
                    open => new { open.SegmentId, open.Start, open.End, open.Text, open.SpeakerId, open.Continues }),
                Window = state.Window.Select(said => new { said.Start, said.End, said.SpeakerId, said.Text, said.Intent, said.Keywords }),
                Pending = state.Pending.Values.Select(work => new
                {
                    work.SegmentId,
                    work.Segment.Workflow,
                    work.Segment.Intent,
                    work.Segment.Speaker,
                    work.Segment.Text,
                    Context = work.Context.Select(said => said.Text),
                }),
                Unanswered = state.Unanswered.Keys.Order(StringComparer.Ordinal),
                DueSummary = state.DueSummary is { } due ? new { due.Kind, due.FromEventId, due.ToEventId } : null,
                Summary = state.Summary is { } summary ? new { summary.Kind, summary.FromEventId, summary.ToEventId, summary.Text } : null,
                Stats = new
                {
                    stats.Reason,
                    stats.ChunksReceived,
                    stats.SegmentsFinalized,
                    stats.Turns,
                    stats.Speakers,
                    stats.DurationSec,
                    stats.OverlapClamped,
                    stats.LateChunks,
                    stats.WorkRouted,
                    stats.WorkDone,
                    stats.WorkFailed,
                    stats.WorkDropped,
                },
            },
            Options) + "\n";
    }
}
