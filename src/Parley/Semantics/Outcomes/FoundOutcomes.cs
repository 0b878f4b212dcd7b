using Parley.Protocol;

namespace Parley.Semantics.Outcomes;

/// <summary>The outcomes of one segment while it is read: each once, joined with those of earlier segments that it repeats.</summary>
/// <param name="said">The segment.</param>
/// <param name="history">What is known of the conversation before it.</param>
internal sealed class FoundOutcomes(SaidSegment said, OutcomeHistory history)
{
    private const double SameShare = 0.6;

    private readonly List<Outcome> _all = [];
    private int _new;

    /// <summary>Gets what was found, in order.</summary>
    public IReadOnlyList<Outcome> All => _all;

    /// <summary>Gets how many were found.</summary>
    public int Count => _all.Count;

    /// <summary>Whether a word of a sentence is a name.</summary>
    public bool IsName(Sentence sentence, int at) => Names.IsName(sentence, at, history.Speakers);

    /// <summary>Takes a decision.</summary>
    public void Decide(Finding decision) =>
        Add(OutcomeKinds.Decision, decision, decision.Doer == Doer.Speaker ? said.SpeakerId : null, said.SegmentId);

    /// <summary>Takes a decision or an action item of an earlier segment, once it is accepted.</summary>
    public void Accept(string kind, Finding finding, SaidSegment earlier) =>
        Add(kind, finding, kind == OutcomeKinds.ActionItem ? earlier.SpeakerId : null, earlier.SegmentId);

    /// <summary>Takes an action item.</summary>
    public void Assign(Finding task)
    {
        var who = Owner(task);
        if (task.IsPointing && Pointed(who) is { } meant) Complete(meant, who, task.Due);
        else if (task.Doer != Doer.Addressee || !task.IsPointing || task.Sentence[task.What] is not ("do" or "make" or "get" or "put"))
            Add(OutcomeKinds.ActionItem, task, who, said.SegmentId);
    }

    /// <summary>Says who will do what was asked for without a name.</summary>
    public void Take(Outcome asked) => Complete(asked, said.SpeakerId, due: null);

    private string? Owner(Finding task) => task.Doer switch
    {
        Doer.Speaker => said.SpeakerId,
        Doer.Named => Names.IdOf(task.Name!, history.Speakers),
        Doer.Addressee => Addressee(task),
        _ => null,
    };

    private string? Addressee(Finding task)
    {
        var others = history.Speakers.Where(speaker => speaker != said.SpeakerId).ToList();
        if (others is [var only]) return only;
        // Among several, a reply is for the one who spoke before.
        var isReply = task.IsPointing || task.Sentence[task.What] is "tell" or "let";
        return isReply && history.Segments is [.., { SpeakerId: { } before }] && before != said.SpeakerId ? before : null;
    }

    // What "it" is: the last thing that the same person is to do, said just before.
    private Outcome? Pointed(string? who)
    {
        var near = _all.AsEnumerable().Reverse().Concat(history.Outcomes.Reverse().Where(IsNear));
        return near.FirstOrDefault(outcome => outcome.Kind == OutcomeKinds.ActionItem && outcome.Who is not null && outcome.Who == who);
    }

    private bool IsNear(Outcome outcome) => history.Segments.Any(segment => segment.SegmentId == outcome.SegmentId
        || outcome.Id.StartsWith(segment.SegmentId + "-", StringComparison.Ordinal));

    private void Add(string kind, Finding finding, string? who, string segmentId)
    {
        var terms = finding.Terms;
        if (history.Outcomes.Reverse().Concat(_all).FirstOrDefault(outcome => Repeats(outcome, kind, terms, who)) is { } same)
            Complete(same, who, finding.Due);
        else
            _all.Add(new Outcome($"{said.SegmentId}-{++_new}", kind, finding.Text, segmentId, finding.Quote, who, finding.Due));
    }

    private void Complete(Outcome earlier, string? who, string? due)
    {
        var now = _all.Find(outcome => outcome.Id == earlier.Id) ?? earlier;
        var completed = now with { Who = now.Who ?? who, Due = now.Due ?? due };
        if (completed == now) return;
        _all.RemoveAll(outcome => outcome.Id == completed.Id);
        _all.Add(completed);
    }

    private static bool Repeats(Outcome earlier, string kind, HashSet<string> terms, string? who)
    {
        if (earlier.Kind != kind || (earlier.Who is not null && who is not null && earlier.Who != who)) return false;
        if (SentenceReader.Read(earlier.What) is not [var sentence, ..]) return false;
        var before = Finding.TermsOf(sentence, 0, sentence.Count);
        var fewest = Math.Min(before.Count, terms.Count);
        return fewest > 1 && before.Count(terms.Contains) > SameShare * fewest;
    }
}
