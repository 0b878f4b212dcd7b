using System.Text;
using System.Text.Json;

/// <summary>Begins a conversation and talks in it. Whoever begins one also views it, on the same connection.</summary>
internal sealed class ParleyTalker(Talk talk, Spoken spoken, Figures figures, bool timed) : Talker(talk, spoken, figures)
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly View _view = new(talk, spoken, figures, timed);

    public bool IsComplete => _view.IsComplete && Acknowledged == Sent;

    protected override bool MayClose => _view.Ended.IsCompleted;

    public override async Task OpenAsync(Uri server, CancellationToken cancellationToken)
    {
        await ConnectAsync(server, cancellationToken);
        Send(Encoding.UTF8.GetBytes($$"""{"type":"START_SESSION","config":{},"stream_id":"{{Talk.StreamId}}"}"""));
        await _started.Task.WaitAsync(cancellationToken);
    }

    public override Task EndAsync(CancellationToken cancellationToken)
    {
        Send("""{"type":"END_SESSION"}"""u8);
        return _view.Ended.WaitAsync(cancellationToken);
    }

    protected override void Hear(ReadOnlySpan<byte> message)
    {
        Figures.Heard();
        var heard = global::Heard.Read(message);
        _view.Hear(heard);
        switch (heard.Type)
        {
            case "CHUNK_ACK":
                Acknowledge(Sequence(heard.Payload));
                break;
            case "SESSION_STARTED":
                _started.TrySetResult();
                break;
            case "ERROR":
                var error = Encoding.UTF8.GetString(heard.Payload);
                Figures.Fault(error);
                _started.TrySetException(new IOException(error));
                break;
        }
    }

    private static long Sequence(ReadOnlySpan<byte> payload)
    {
        var json = new Utf8JsonReader(payload);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("sequence"u8) && json.Read()) return json.GetInt64();
        }

        throw new JsonException("CHUNK_ACK has no sequence.");
    }
}
