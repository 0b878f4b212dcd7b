using System.Globalization;

namespace Parley.IntegrationTests.Conversations;

/// <summary>What a feeder said was acknowledged. Each line ends in a stop, so that one cut short is known by the lack of it.</summary>
internal sealed class Acknowledged
{
    private readonly Dictionary<(string Stream, string Source), long> _chunks = [];
    private readonly Dictionary<(string Stream, string Source), long> _messages = [];
    private readonly Dictionary<string, HashSet<string>> _work = [];
    private readonly HashSet<string> _ended = [];
    private readonly HashSet<string> _erased = [];

    /// <summary>Acknowledgements so far.</summary>
    public long Count { get; private set; }

    public IEnumerable<string> Streams => _chunks.Keys.Select(key => key.Stream).Distinct();

    public long Chunks(string stream, string source) => _chunks.GetValueOrDefault((stream, source));

    public long Messages(string stream, string source) => _messages.GetValueOrDefault((stream, source));

    /// <summary>What senders of messages know, a line each.</summary>
    public IEnumerable<string> SenderLines => _messages.Select(sent => string.Create(CultureInfo.InvariantCulture, $"{sent.Key.Stream} {sent.Key.Source} {sent.Value}"));

    public IReadOnlySet<string> Work(string stream) => _work.GetValueOrDefault(stream) ?? [];

    public bool IsEnded(string stream) => _ended.Contains(stream);

    public bool IsErased(string stream) => _erased.Contains(stream);

    public void Note(string line)
    {
        if (!line.EndsWith('.')) return;
        Count++;
        switch (line.TrimEnd('.').Split(' '))
        {
            case ["chunk", var stream, var source, var sequence]:
                var number = long.Parse(sequence, CultureInfo.InvariantCulture);
                // One after the other, across restarts too: none is taken twice and none is left out.
                Assert.True(number > Chunks(stream, source), $"{line} comes after {Chunks(stream, source)}.");
                _chunks[(stream, source)] = number;
                break;
            case ["message", var stream, var source, var sequence]:
                // In order and without a hole, across restarts too.
                Assert.Equal(Messages(stream, source) + 1, long.Parse(sequence, CultureInfo.InvariantCulture));
                _messages[(stream, source)] = Messages(stream, source) + 1;
                break;
            case ["work", var stream, var segment]:
                if (!_work.TryGetValue(stream, out var done)) _work[stream] = done = [];
                Assert.True(done.Add(segment), $"{line} comes twice.");
                break;
            case ["end", var stream]:
                _ended.Add(stream);
                break;
            case ["erase", var stream]:
                _erased.Add(stream);
                break;
            default:
                Assert.Fail(line);
                break;
        }
    }
}
