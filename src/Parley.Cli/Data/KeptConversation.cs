using System.Globalization;
using Parley.Cli.Display;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Cli.Data;

/// <summary>A conversation in the log, read again.</summary>
internal sealed class KeptConversation(IEventLog log, StreamHead head, Terminal terminal)
{
    public string Id => head.Stream;

    /// <summary>Prints it as it was.</summary>
    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        var lines = new SegmentLines(terminal);
        var reading = new Reading();
        await foreach (var fact in FactsAsync(cancellationToken))
        {
            if (fact is VisibleFact { Payload: FinalizedPayload final }) lines.Write(final);
            reading.Add(fact);
        }

        lines.WriteSummary(reading.Summary);
        await SayAsync($"{Id} began {StreamRow.Utc(head.StartedAt)} and {(head.EndedAt is { } end ? $"ended {StreamRow.Utc(end)}" : "has not ended")}: {reading}.");
    }

    /// <summary>Decides everything again, and says whether it came out the same.</summary>
    public async Task<int> VerifyAsync(CancellationToken cancellationToken)
    {
        var report = await ConversationReplay.VerifyAsync(log, Id, cancellationToken: cancellationToken);
        if (report.IsVerified)
        {
            await terminal.Output.WriteLineAsync(Invariant($"verified: {report.Facts} facts follow from {report.Inputs} inputs, bit for bit."));
            return ExitCode.Success;
        }

        foreach (var difference in report.Differences.Take(ReplayReport.MaxDifferences)) await terminal.Output.WriteLineAsync(Explain(difference));
        if (report.Differences.Count >= ReplayReport.MaxDifferences) await terminal.Output.WriteLineAsync("Perhaps more: the verification stopped here.");
        if (report.Differences.Count > 0) await SayAsync($"{Id} does not replay to what is stored.");
        if (report.NotVerifiable > 0)
        {
            await SayAsync(Invariant($"Not verifiable: {report.NotVerifiable} of {report.Facts} facts, up to fact {report.LastNotVerifiable}, were read by other rules.")
                + Invariant($" The conversation began under rules {report.RulesThen}; these are rules {ConversationRules.Default.Version}."));
        }

        return ExitCode.Differs;
    }

    /// <summary>Prints what other settings would have made of it.</summary>
    public async Task CompareAsync(SettingsFile other, CancellationToken cancellationToken)
    {
        var (before, after) = (new Reading(), new Reading());
        await foreach (var fact in FactsAsync(cancellationToken)) before.Add(fact);
        var settings = other.Over(before.Settings ?? throw new InvalidDataException("its first fact is not its settings."));
        await foreach (var told in ConversationReplay.WithAsync(log, Id, settings, cancellationToken: cancellationToken)) after.Add(told);

        var diff = SegmentDiff.Of(before.Finals, after.Finals);
        new SegmentLines(terminal).WriteDiff(diff);
        await SayAsync(Invariant($"As it was: {before}. With these settings: {after}."));
        if (after.Words < before.Words) await SayAsync(Invariant($"{before.Words - after.Words} words would have been refused."));
    }

    private static string Explain(ReplayDifference difference) => difference switch
    {
        { Stored: null } => Invariant($"fact {difference.Seq}: {difference.Replayed} follows, but is not stored"),
        { Replayed: null } => Invariant($"fact {difference.Seq}: {difference.Stored} is stored, but does not follow"),
        { Stored: var stored, Replayed: var replayed } when stored == replayed => Invariant($"fact {difference.Seq}: another {stored} follows than is stored"),
        _ => Invariant($"fact {difference.Seq}: {difference.Stored} is stored, but {difference.Replayed} follows"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private IAsyncEnumerable<Fact> FactsAsync(CancellationToken cancellationToken) => log.ReadAsync(Id, 0, cancellationToken).Select(FactRecords.ToFact);

    private async Task SayAsync(string text)
    {
        await terminal.Output.FlushAsync();
        await terminal.Error.WriteLineAsync(text);
    }
}
