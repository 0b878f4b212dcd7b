using System.Globalization;
using System.Text;
using Parley.Log;

namespace Parley.IntegrationTests.Log;

internal static class Facts
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Facts from one number to another, every one visible unless said otherwise.</summary>
    public static LogRecord[] Range(long from, long to, Func<long, long>? eventId = null) =>
        [.. Enumerable.Range((int)from, (int)(to - from + 1)).Select(seq => Make(seq, (eventId ?? (own => own))(seq)))];

    public static LogRecord Make(long seq, long eventId, string type = "TEST") =>
        new(seq, eventId, Noon.AddSeconds(seq), type, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"é\":{seq}}}")));

    public static async Task<List<LogRecord>> AllAsync(this IAsyncEnumerable<LogRecord> facts)
    {
        var all = new List<LogRecord>();
        await foreach (var fact in facts)
            all.Add(fact);
        return all;
    }

    /// <summary>Compares facts by what they say; a record compares the memory it lies in.</summary>
    public static IEnumerable<(long Seq, long EventId, DateTimeOffset At, string Type, string Json)> Said(this IEnumerable<LogRecord> facts) =>
        facts.Select(fact => (fact.Seq, fact.EventId, fact.At, fact.Type, Encoding.UTF8.GetString(fact.Json.Span)));
}
