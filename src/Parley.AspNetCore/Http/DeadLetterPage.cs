using Microsoft.AspNetCore.Http;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Protocol;
using Parley.Work;

namespace Parley.AspNetCore.Http;

/// <summary>
/// Dead letters of a caller's streams, a page at a time: the oldest stream's first, and of one stream in the order in which they were said. To know those of
/// a stream its log is read: a page reads so many logs and no more, whatever it finds.
/// </summary>
/// <param name="Letters">The letters.</param>
/// <param name="After">Where the next page begins: behind this stream, or in it behind this segment. Null at the end.</param>
/// <param name="Unreadable">The ids of streams that were left out, since what is kept of them cannot be read; null where there are none.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Letters, string? After, IReadOnlyList<string>? Unreadable = null)
{
    private const int MostStreams = 100;

    /// <exception cref="RequestProblem">There is no such stream, or none of the name that <paramref name="after"/> has.</exception>
    public static async Task<DeadLetterPage> ReadAsync(
        HttpContext context, ServerEngine engine, string? streamId, string? segmentId, string? after, int most, CancellationToken cancellationToken)
    {
        var (from, behind) = after is null ? default : await PlaceAsync(context, engine.Log, after, cancellationToken);
        var (letters, unreadable) = (new List<DeadLetter>(), new List<string>());
        var page = await HeadsAsync(context, engine.Log, streamId, from, behind is not null, cancellationToken);
        foreach (var head in page.Streams)
        {
            var isFrom = head.Stream == from;
            foreach (var letter in await ReadOrSkipAsync(head.Stream))
            {
                if ((isFrom && NumberOf(letter) <= behind) || (segmentId is not null && letter.Item.SegmentId != segmentId)) continue;
                if (letters.Count == most) return new(letters, Behind(letters[^1]), Known());
                letters.Add(letter);
            }
        }

        return new(letters, page.HasMore ? StreamKey.IdOf(page.Streams[^1].Stream) : null, Known());

        List<string>? Known() => unreadable.Count == 0 ? null : unreadable;

        async Task<IReadOnlyList<DeadLetter>> ReadOrSkipAsync(string stream)
        {
            try
            {
                return await LettersAsync(engine, stream, cancellationToken);
            }
            catch (StreamUnreadableException problem) when (streamId is null)
            {
                engine.Directory.MarkUnreadable(problem);

                // One that cannot be read does not hide the others; who asks for it alone is told why.
                unreadable.Add(StreamKey.IdOf(stream));
                return [];
            }
        }
    }

    /// <summary>Where a page begins that follows a letter.</summary>
    public static string Behind(DeadLetter letter) => $"{StreamKey.IdOf(letter.Item.StreamId)}/{letter.Item.SegmentId}";

    private static async ValueTask<(string Key, long? Behind)> PlaceAsync(
        HttpContext context, IEventLog log, string after, CancellationToken cancellationToken)
    {
        var slash = after.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0) return (await context.KeyOfAsync(log, after, cancellationToken), null);
        return NumberOf(after[(slash + 1)..]) is { } number
            ? (await context.KeyOfAsync(log, after[..slash], cancellationToken), number)
            : throw new RequestProblem(ErrorCodes.InvalidMessage, "after is not what an earlier answer had.");
    }

    // The streams to look at: one, or those behind where the page before ended, with that one where it was not read to its end.
    private static async Task<StreamPage> HeadsAsync(
        HttpContext context, IEventLog log, string? streamId, string? from, bool includesFrom, CancellationToken cancellationToken)
    {
        var first = from is null ? null : await log.FindAsync(from, cancellationToken) ?? throw StreamNames.NotFound();
        if (streamId is not null)
        {
            var key = await context.KeyOfAsync(log, streamId, cancellationToken);
            var head = await log.FindAsync(key, cancellationToken) ?? throw StreamNames.NotFound();
            if (head.State == StreamState.Erased) throw new StreamErasedException(head.Stream);
            if (first is not null && first.Stream != head.Stream) throw StreamNames.NotFound();
            return new(first is null || includesFrom ? [head] : [], HasMore: false);
        }

        var page = await log.ListAsync(new StreamQuery(context.Caller().Tenant) { After = first, Limit = MostStreams }, cancellationToken);
        return first is { State: not StreamState.Erased } && includesFrom ? page with { Streams = [first, .. page.Streams] } : page;
    }

    private static async Task<IReadOnlyList<DeadLetter>> LettersAsync(ServerEngine engine, string stream, CancellationToken cancellationToken)
    {
        try
        {
            return await DeadLetters.ReadAsync(engine.Log, stream, engine.Work.Dispatcher.VersionOf, cancellationToken).OrderBy(NumberOf).ToListAsync(cancellationToken);
        }
        catch (StreamErasedException)
        {
            // One that is erased while it is read has none.
            return [];
        }
    }

    private static long NumberOf(DeadLetter letter) => NumberOf(letter.Item.SegmentId) ?? 0;

    // A stream has at most one summary that was not written. It comes last.
    private static long? NumberOf(string segmentId) =>
        SegmentId.TryParse(segmentId, out var number) ? number : WorkItem.IsSummary(segmentId) ? long.MaxValue : null;
}
