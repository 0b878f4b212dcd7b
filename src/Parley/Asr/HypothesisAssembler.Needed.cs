namespace Parley.Asr;

// Which messages must come again after a restart, because what they said is not committed and no later message says it again.
public sealed partial class HypothesisAssembler
{
    private readonly List<(string Key, long From)> _awaited = [];

    /// <summary>
    /// The first message, counted as <see cref="Messages"/>, without which open text could not be put together again; null where there is none: then
    /// all that was taken is committed, or will be said again by its recogniser.
    /// </summary>
    internal long? NeededFrom
    {
        get
        {
            long? first = _awaited.Count > 0 ? _awaited[0].From : null;
            foreach (var open in _open)
            {
                if (!(first <= open.NeededFrom)) first = open.NeededFrom ?? first;
            }

            return first;
        }
    }

    /// <summary>Whether text is open that may still be committed.</summary>
    internal bool HasOpenText => _open.Count > 0;

    /// <summary>Where the connection began, in seconds of the stream.</summary>
    internal double Offset => _clock.Offset;

    /// <summary>The latest time heard of, in seconds of the stream.</summary>
    internal double Newest => _clock.Newest;

    private Hypothesis Keep(Hypothesis open)
    {
        open.NeededFrom ??= Messages;
        return open;
    }

    private void Await(string key)
    {
        if (_said.Find(key) is not null || _awaited.Exists(awaited => awaited.Key == key)) return;
        // What never comes must not hold up its sender for ever.
        if (_awaited.Count == _config.MaxWaiting) _awaited.RemoveAt(0);
        _awaited.Add((key, Messages));
    }

    private void Done(string? key)
    {
        if (key is not null && _awaited.Count > 0) _awaited.RemoveAll(awaited => awaited.Key == key);
    }
}
