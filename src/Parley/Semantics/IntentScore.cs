namespace Parley.Semantics;

/// <summary>Adds up what the features of a text speak for, and remembers which words spoke loudest.</summary>
internal struct IntentScore(IntentModel model) : IFeatureSink
{
    private IntentWeights _best;
    private Range _question;
    private Range _action;
    private Range _agreement;
    private Range _decision;

    public IntentWeights Sum { get; private set; } = model.Bias;

    public readonly Range Question => _question;

    public readonly Range Action => _action;

    public readonly Range Agreement => _agreement;

    public readonly Range Decision => _decision;

    public void Add(ulong hash, ReadOnlySpan<ulong> tokens, int start, int end)
    {
        if (!model.TryGet(hash, out var weights)) return;
        Sum += weights;
        if (end == 0) return;
        var words = start..end;
        if (weights.Question > _best.Question) (_best, _question) = (_best with { Question = weights.Question }, words);
        if (weights.Action > _best.Action) (_best, _action) = (_best with { Action = weights.Action }, words);
        if (weights.Agreement > _best.Agreement) (_best, _agreement) = (_best with { Agreement = weights.Agreement }, words);
        if (weights.Decision > _best.Decision) (_best, _decision) = (_best with { Decision = weights.Decision }, words);
    }
}
