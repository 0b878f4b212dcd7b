using System.Text.Json;

/// <summary>Checks what one viewer of a stream sees, and times it where it is asked to.</summary>
internal sealed class View(Talk talk, Spoken spoken, Figures figures, bool timed)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _seen;
    private long _final;

    public long LastEventId { get; private set; }

    public Task Ended => _ended.Task;

    /// <summary>Everything that was sent is final, and the server counted as many.</summary>
    public bool IsComplete => _ended.Task.IsCompleted && _final == spoken.Last;

    public void Hear(Heard heard)
    {
        if (heard.IsFact) Count(heard.EventId);
        else if (heard.EventId > LastEventId) figures.Fault("message ahead of its fact");

        switch (heard.Type)
        {
            case "PARTIAL":
                See(Talk.LastAt(heard.AudioEnd));
                break;
            case "FINALIZED":
                See(Talk.LastAt(heard.AudioEnd));
                Finish(heard);
                break;
            case "SESSION_ENDED":
                using (var stats = Json(heard.Payload))
                {
                    if (stats.RootElement.GetProperty("stats").GetProperty("chunks_received").GetInt64() != spoken.Last) figures.Fault("chunk not counted by the server");
                }

                _ended.TrySetResult();
                break;
        }
    }

    private void Count(long eventId)
    {
        if (eventId <= LastEventId) figures.Fault("fact seen twice");
        else if (eventId > LastEventId + 1) figures.Fault("fact lost", (int)(eventId - LastEventId - 1));
        LastEventId = Math.Max(LastEventId, eventId);
    }

    private void See(long last)
    {
        for (; _seen < last; _seen++)
        {
            if (timed && spoken.Due(_seen + 1) is { } due) figures.Time(figures.Partial, due);
        }
    }

    // Finals follow one another without a hole, and say word for word what was sent.
    private void Finish(Heard heard)
    {
        using var payload = Json(heard.Payload);
        var segment = payload.RootElement.GetProperty("segment");
        var last = Talk.LastAt(heard.AudioEnd);
        if (Talk.LastAt(segment.GetProperty("start").GetDouble()) != _final || segment.GetProperty("text").GetString() != talk.Text(_final + 1, last))
            figures.Fault("final that is not what was said");
        _final = last;
        if (timed && talk.EndsTurn(last) && spoken.Due(last + 1) is { } due) figures.Time(figures.Final, due);
    }

    private static JsonDocument Json(ReadOnlySpan<byte> payload) => JsonDocument.Parse(payload.ToArray());
}
