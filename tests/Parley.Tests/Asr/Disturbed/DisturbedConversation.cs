namespace Parley.Tests.Asr.Disturbed;

/// <summary>
/// A conversation of which every word is known, as one vendor reports it on a bad day. All that is random comes from the seed.
/// </summary>
internal sealed class DisturbedConversation
{
    private const double JitterSec = 0.08;

    // A third of what people say are these.
    private static readonly string[] Common =
        ["yes", "no", "I", "the", "a", "we", "you", "and", "so", "is", "it", "that", "of", "to", "not", "will"];

    private static readonly string[] Rare =
        [.. from first in "bdfgklmnprst" from second in "aeiou" from third in "bdglmnrt" select $"{first}{second}{third}e"];

    private readonly Random _random;
    private readonly Vendor _vendor;
    private readonly List<string> _messages = [];
    private readonly List<string> _words = [];
    private readonly List<string> _finalWords = [];
    private readonly Report?[] _before = new Report?[2];
    private readonly List<ReportedWord>[] _turns = [[], []];
    private int _connection;
    private double _openedAt;
    private double _time = 0.5;
    private int _number;
    private bool _wasWild;

    public DisturbedConversation(Vendor vendor, int seed)
    {
        (_vendor, _random) = (vendor, new Random(seed));
        var utterances = _random.Next(8, 20);
        var restartAt = vendor.Restarts ? _random.Next(2, utterances * 2) : -1;
        for (var i = 0; i < utterances; i++)
        {
            if (i == restartAt) Restart();
            Speak();
        }
    }

    /// <summary>What the vendor sends.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>What was said.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The words of all finals, those that say again what others said, too.</summary>
    public IReadOnlyList<string> FinalWords => _finalWords;

    private double Now => _time - _openedAt;

    private bool Happens(double probability) => _random.NextDouble() < probability;

    // The clock goes back by any amount.
    private void Restart()
    {
        _openedAt = _time - (Now * _random.NextDouble());
        _connection++;
        _number = 0;
        _before.AsSpan().Clear();
        foreach (var turn in _turns) turn.Clear();
    }

    private void Speak()
    {
        var channel = _vendor.HasChannels && Happens(0.3) ? 1 : 0;
        var words = Happens(0.1) ? Repeated() : Utter(_random.Next(1, 9), channel);
        if (Happens(0.2) && words.Count > 2)
        {
            // One utterance, two finals.
            var cut = _random.Next(1, words.Count);
            Tell(words[..cut], channel);
            Tell(words[cut..], channel);
        }
        else
        {
            Tell(words, channel);
        }

        if (_vendor.HasChannels && Happens(0.1)) TellAtOnce(words, 1 - channel);
        if (_vendor.Withdraws && _vendor.HasInterims && Happens(0.05)) TakeBack(channel);
        _time += _random.NextDouble() * 2;
    }

    // One person says a word several times.
    private List<ReportedWord> Repeated()
    {
        var word = Common[_random.Next(2)];
        return Utter(Enumerable.Repeat(word, _random.Next(2, 5)), 0);
    }

    private List<ReportedWord> Utter(int count, int channel) =>
        Utter(Enumerable.Range(0, count).Select(_ => Word()), channel);

    private string Word() => Happens(0.33) ? Common[_random.Next(Common.Length)] : Rare[_random.Next(Rare.Length)];

    private List<ReportedWord> Utter(IEnumerable<string> texts, int speaker)
    {
        var words = new List<ReportedWord>();
        // Now and then the last words are another's.
        var tail = Happens(0.1) ? 1 - speaker : speaker;
        foreach (var text in texts)
        {
            var length = 0.1 + (0.04 * text.Length);
            var start = Math.Round(Now, 2);
            if (Happens(0.05)) words.Add(new(text, start, start, words.Count > 2 ? tail : speaker));
            else words.Add(new(text, start, Math.Round(start + length, 2), words.Count > 2 ? tail : speaker));
            // What has no length takes no time.
            _time += words[^1].End > start ? length + 0.06 : 0;
        }

        _time += 0.06;
        return words;
    }

    private void Tell(List<ReportedWord> words, int channel)
    {
        _words.AddRange(words.Select(word => word.Text));
        var fresh = ReportOf(words, channel, _number++);
        if (_vendor.HasInterims) TellInterims(fresh);
        if (!_wasWild && Happens(0.03))
        {
            // Words cannot be known again by a time that they never had.
            _wasWild = true;
            Send(fresh.Moved(Wild() - fresh.Start));
            _before[channel] = null;
            _turns[channel].Clear();
            return;
        }

        var report = Restating(fresh, channel);
        Send(report);
        if (Happens(0.05)) Send(_vendor is { HasWordTimes: true, HasKeys: false } ? Jittered(report) : report);
        _before[channel] = fresh;
        _turns[channel].AddRange(words);
    }

    private void TellInterims(Report report)
    {
        for (var count = 1; count < report.Words.Count; count += _vendor.AppendsInterims ? 1 : 2)
        {
            ReportedWord[] heard = [.. report.Words.Take(count)];
            Send(report with { IsFinal = false, Words = heard, End = Math.Max(report.Start, heard[^1].End) });
        }
    }

    // Windows overlap, and finals say their turn again, at times that differ a little.
    private Report Restating(Report fresh, int channel)
    {
        List<ReportedWord> old =
            _vendor.IsCumulative && Happens(0.15) ? _turns[channel]
            : _vendor.Overlaps && Happens(0.2) && _before[channel] is { } before ? [.. before.Words.TakeLast(_random.Next(1, 5))]
            : [];
        if (old.Count == 0) return fresh;
        var restated = Jittered(ReportOf([.. old], channel, fresh.Number));
        return fresh with { Words = [.. restated.Words, .. fresh.Words], Start = restated.Start };
    }

    private Report Jittered(Report report)
    {
        var words = report.Words.Select(word =>
        {
            var by = Math.Round(((_random.NextDouble() * 2) - 1) * JitterSec, 3);
            return word with { Start = Math.Max(0, word.Start + by), End = Math.Max(0, word.End + by) };
        }).ToList();
        return report with { Words = words, Start = words[0].Start, End = Math.Max(words[0].Start, words[^1].End) };
    }

    // Another says the same words on another line.
    private void TellAtOnce(List<ReportedWord> words, int channel)
    {
        _words.AddRange(words.Select(word => word.Text));
        Send(ReportOf([.. words.Select(word => word with { Speaker = channel })], channel, _number++));
    }

    private void TakeBack(int channel)
    {
        _time += 0.5;
        var noise = ReportOf([new("hm", Math.Round(Now, 2), Math.Round(Now + 0.2, 2), channel)], channel, _number++);
        Send(noise with { IsFinal = false });
        Send(noise with { Words = [] });
        _time += 0.5;
    }

    private Report ReportOf(List<ReportedWord> words, int channel, int number) =>
        new(_connection, number, channel, true, words, words[0].Start, Math.Max(words[0].Start, words.Max(word => word.End)));

    private double Wild() => _random.Next(4) switch
    {
        0 => 0,
        1 => Math.Round(Now * _random.NextDouble(), 2),
        2 => Math.Round(Now + (_random.NextDouble() * 1000), 2),
        _ => 1e6,
    };

    private void Send(Report report)
    {
        var messages = _vendor.Write(report).ToList();
        var isRecorded = !_vendor.RepeatsSegments || !messages.TrueForAll(_messages.Contains);
        if (report.IsFinal && isRecorded) _finalWords.AddRange(report.Words.Select(word => word.Text));
        _messages.AddRange(messages);
    }
}
