using Parley.Languages;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>What placeholders stand for. All that people said is fenced when it comes in here: there is no other way in.</summary>
internal sealed class PromptValues
{
    private readonly Dictionary<string, string> _values = [];

    public PromptValues(Language language, bool isKnown)
    {
        _values["language"] = isKnown ? language.Name : "the language of the conversation";
        _values["topics"] = language.Topics;
        _values["decisions"] = language.Decisions;
        _values["actions"] = language.Actions;
        _values["nothing"] = language.Nothing;
        _values["fences"] = PromptPlaceholders.FencesInWords;
    }

    public string? this[string placeholder] => _values.GetValueOrDefault(placeholder);

    public PromptValues Segments(string placeholder, params IEnumerable<AnnotatedSegment> segments)
    {
        _values[placeholder] = Fence.Segments(PromptPlaceholders.FenceOf(placeholder), segments);
        return this;
    }

    /// <summary>Takes the context of a piece of work, which was fenced when the work was made.</summary>
    public PromptValues FencedContext(string fenced)
    {
        _values["context"] = fenced;
        return this;
    }

    public PromptValues Text(string placeholder, string? text)
    {
        if (text is not null) _values[placeholder] = Fence.Text(PromptPlaceholders.FenceOf(placeholder), text);
        return this;
    }
}
