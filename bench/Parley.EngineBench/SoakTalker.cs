using System.Globalization;
using System.Text;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;

/// <summary>
/// Speaks in one conversation: chunks, or a recogniser's messages, of which each final comes after an interim. It waits for room, not for receipts: where a
/// conversation is redacted, one comes with what is said next.
/// </summary>
internal sealed class SoakTalker(ConversationDirectory directory, string stream, bool isRecogniser)
{
    private readonly Queue<Task<Receipt>> _underway = new();

    /// <summary>Chunks that the conversation is known to have.</summary>
    public long Accepted { get; private set; }

    /// <summary>What was refused, or had been said before.</summary>
    public int Errors { get; private set; }

    public async Task SpeakAsync(long sequence)
    {
        var chunk = Talk.Chunk(sequence);
        if (isRecogniser)
        {
            await SendAsync(new MessageDelivery((2 * sequence) - 1, "deepgram", Message(chunk, isFinal: false)));
            await SendAsync(new MessageDelivery(2 * sequence, "deepgram", Message(chunk, isFinal: true)));
        }
        else
        {
            await SendAsync(chunk);
        }

        while (_underway.TryPeek(out var next) && next.IsCompleted) await SettleAsync();
    }

    /// <summary>Waits for what has no receipt yet.</summary>
    public async Task FinishAsync()
    {
        while (_underway.Count > 0) await SettleAsync();
    }

    private async Task SendAsync(Delivery delivery) =>
        _underway.Enqueue((await directory.SendAsync(stream, delivery) ?? throw new InvalidOperationException($"{stream} is not there.")).Receipt);

    private async Task SettleAsync()
    {
        var receipt = await _underway.Dequeue();
        if (receipt.Refusal is not null || receipt.IsRepeat || receipt.Problems.Count > 0) Errors++;
        Accepted += receipt.Facts.Count(fact => fact.Fact is ChunkAccepted);
    }

    private static byte[] Message(ChunkDelivery said, bool isFinal)
    {
        var (chunk, words) = (said.Chunk, said.Chunk.Text.Split(' '));
        var each = (chunk.End - chunk.Start) / words.Length;
        var list = string.Join(',', words.Select((word, i) => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"word":"{{word}}","start":{{chunk.Start + (i * each):F3}},"end":{{chunk.Start + ((i + 1) * each):F3}},"speaker":{{chunk.SpeakerId![^1]}}}""")));
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"Results","start":{{{chunk.Start:F3}}},"duration":{{{chunk.End - chunk.Start:F3}}},"is_final":{{{(isFinal ? "true" : "false")}}},"channel":{"alternatives":[{"transcript":"{{{chunk.Text}}}","words":[{{{list}}}]}]}}"""));
    }
}
