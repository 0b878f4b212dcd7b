using Parley.Conversations.Running;
using Parley.Log;
using Parley.Work;

namespace Parley.AspNetCore.Http;

/// <summary>Tries a page of dead letters again, stream by stream, until the queue has no room.</summary>
internal static class Redriving
{
    /// <summary>When to ask again where the queue had no room, in seconds.</summary>
    public const string RetryAfterSec = "5";

    /// <param name="directory">The conversations.</param>
    /// <param name="work">The work.</param>
    /// <param name="page">The dead letters.</param>
    /// <param name="after">Where the page began.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EventLogUnavailableException">The log is down.</exception>
    public static async Task<RedrivenAnswer> RunAsync(
        ConversationDirectory directory, ConversationWork work, DeadLetterPage page, string? after, CancellationToken cancellationToken)
    {
        var (queued, underway, seen) = (0, 0, 0);
        var unreadable = new List<string>(page.Unreadable ?? []);
        foreach (var stream in page.Letters.GroupBy(letter => letter.Item.StreamId, StringComparer.Ordinal))
        {
            DeadLetter[] letters = [.. stream];
            var outcomes = await RedriveAsync(stream.Key, letters);
            queued += outcomes.Count(outcome => outcome == RedriveOutcome.Queued);
            underway += outcomes.Count(outcome => outcome == RedriveOutcome.Underway);
            var rest = outcomes.Count(outcome => outcome == RedriveOutcome.NoRoom);
            seen += letters.Length - rest;
            if (rest > 0) break;
        }

        var waiting = page.Letters.Count - seen;
        return new RedrivenAnswer(
            queued,
            underway == 0 ? null : underway,
            waiting == 0 ? null : waiting,
            waiting == 0 ? page.After : seen == 0 ? after : DeadLetterPage.Behind(page.Letters[seen - 1]),
            unreadable.Count == 0 ? null : unreadable);

        async Task<IReadOnlyList<RedriveOutcome>> RedriveAsync(string stream, DeadLetter[] letters)
        {
            try
            {
                return await work.RedriveAsync(stream, letters, cancellationToken);
            }
            catch (StreamErasedException)
            {
                // Its dead letters went with it.
                return [];
            }
            catch (StreamUnreadableException problem)
            {
                directory.MarkUnreadable(problem);
                unreadable.Add(StreamKey.IdOf(stream));
                return [];
            }
        }
    }
}
