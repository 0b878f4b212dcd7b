/// <summary>One stream under load: who talks in it, and who else views it.</summary>
internal sealed class Line
{
    private readonly Viewer[] _viewers;

    public Line(string server, int number, int viewers, Figures figures)
    {
        var (talk, spoken) = (new Talk(number), new Spoken());
        Talker = server == "echo" ? new EchoTalker(talk, spoken, figures) : new ParleyTalker(talk, spoken, figures, timed: viewers == 0);
        _viewers = server == "echo" ? [] : [.. Enumerable.Range(0, viewers).Select(_ => new Viewer(talk, spoken, figures))];
    }

    public Talker Talker { get; }

    public async Task OpenAsync(Uri server, CancellationToken cancellationToken)
    {
        await Talker.OpenAsync(server, cancellationToken);
        foreach (var viewer in _viewers) await viewer.OpenAsync(server, cancellationToken);
    }

    /// <summary>Ends the stream and waits until all of its connections have seen all of it. False where they did not in time.</summary>
    public async Task<bool> EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Talker.EndAsync(cancellationToken);
            foreach (var viewer in _viewers) await viewer.EndAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return Talker is EchoTalker || (Talker is ParleyTalker { IsComplete: true } && Array.TrueForAll(_viewers, viewer => viewer.IsComplete));
    }

    public async Task CloseAsync()
    {
        Talker.Close();
        foreach (var viewer in _viewers) await viewer.CloseAsync();
    }
}
