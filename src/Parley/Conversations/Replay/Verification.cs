using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Replay;

/// <summary>Compares the facts of a conversation, one by one, with what its inputs give today.</summary>
internal sealed class Verification(string stream, ConversationRules rules)
{
    private readonly ConversationState _state = new(stream, rules.TokenCounter);
    private readonly FactReader _reader = new();
    private readonly Queue<LogRecord> _expected = new();
    private readonly ReplayReport _report = new();

    /// <summary>Takes the next record; false once there are so many differences that more tell nothing.</summary>
    public bool Take(LogRecord record)
    {
        _report.Facts++;
        var fact = _reader.Read(record, _state);
        if (fact is Opened opened) _report.RulesThen = new(opened.Rules, opened.RulesHash);
        if (RulesOf(fact) != rules.Version) PassOver(record.Seq);
        else if (fact is not RulesChanged) Compare(record, fact);
        FactReader.Apply(record, fact, _state);
        return _report.Differences.Count < ReplayReport.MaxDifferences;
    }

    public ReplayReport End()
    {
        Miss();
        return _report;
    }

    private RulesVersion RulesOf(Fact fact) => fact switch
    {
        Opened opened => new(opened.Rules, opened.RulesHash),
        RulesChanged changed => new(changed.Rules, changed.RulesHash),
        _ => _state.Rules,
    };

    private void PassOver(long seq)
    {
        Miss();
        _report.NotVerifiable++;
        _report.LastNotVerifiable = seq;
    }

    private void Compare(LogRecord record, Fact fact)
    {
        if (ReplayInputs.InputOf(fact) is { } input)
        {
            _report.Inputs++;
            Miss();
            Expect(input, record);
        }

        if (!_expected.TryDequeue(out var wanted) || !wanted.Json.Span.SequenceEqual(record.Json.Span) || wanted.EventId != record.EventId)
            _report.Differences.Add(new(record.Seq, record.Type, wanted.Type));
    }

    // Decide looks at the state before the input; its facts are numbered as the log would have, without touching the state.
    private void Expect(ConversationInput input, LogRecord record)
    {
        var (eventId, seq) = (_state.EventId, record.Seq);
        foreach (var fact in Conversation.Decide(_state, input, rules).Facts)
        {
            if (fact is VisibleFact) eventId++;
            _expected.Enqueue(FactRecords.ToRecord(fact, _state.StreamId, seq++, eventId, record.At));
        }
    }

    private void Miss()
    {
        while (_expected.TryDequeue(out var missing)) _report.Differences.Add(ReplayDifference.Missing(missing));
    }
}
