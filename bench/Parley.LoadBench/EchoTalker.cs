/// <summary>Talks to the bare echo: what comes back is what was sent, in order.</summary>
internal sealed class EchoTalker(Talk talk, Spoken spoken, Figures figures) : Talker(talk, spoken, figures)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _ending;

    protected override bool MayClose => _ending;

    public override Task OpenAsync(Uri server, CancellationToken cancellationToken) => ConnectAsync(server, cancellationToken);

    public override async Task EndAsync(CancellationToken cancellationToken)
    {
        _ending = true;
        if (Acknowledged < Sent) await _done.Task.WaitAsync(cancellationToken);
    }

    protected override void Hear(ReadOnlySpan<byte> message)
    {
        Figures.Heard();
        Acknowledge(Acknowledged + 1);
        if (_ending && Acknowledged == Sent) _done.TrySetResult();
    }
}
