using Parley.Context;
using Parley.Languages;
using Parley.Redaction;
using Parley.Routing;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Conversations.Rules;

/// <summary>The replaceable parts of the rules by which conversations are read. The same for every conversation of a process.</summary>
public sealed class ConversationRules
{
    /// <summary>The version of the rules in the code. Raised whenever the same inputs would give other facts.</summary>
    public const int Number = 7;

    /// <summary>Gets the rules that come with Parley.</summary>
    public static ConversationRules Default { get; } = new();

    /// <summary>Gets what the meaning of final segments is read with. Default: the built-in lexicon and every kind of annotation.</summary>
    public SemanticConfig Semantics { get; init; } = new();

    /// <summary>Gets which intent goes to which workflow. Default <see cref="RoutingTable.Default"/>.</summary>
    public RoutingTable Routing { get; init; } = RoutingTable.Default;

    /// <summary>Gets what counts the tokens of the context window. Default null: they are estimated.</summary>
    public ITokenCounter? TokenCounter { get; init; }

    /// <summary>Gets the languages that conversations are found to be in. Default <see cref="LanguageTable.BuiltIn"/>.</summary>
    public LanguageTable Languages { get; init; } = LanguageTable.BuiltIn;

    /// <summary>Gets what is taken out where <see cref="ConversationSettings.Redact"/> is on. Default: everything that is known.</summary>
    public RedactionConfig Redaction { get; init; } = new();

    /// <summary>Gets the version of these rules, which <c>SESSION_STARTED</c> names.</summary>
    public RulesVersion Version => new(Number, Hash);

    // One reference: conversations on many threads may make it at once.
    private string Hash => field ??= RulesHash.Of(this);

    /// <summary>Gets what changes how chunks become segments; null for nothing. For tests of logs that go on under other rules.</summary>
    internal Func<StreamConfig, StreamConfig>? Segmentation { get; init; }

    internal KeywordSemanticAnnotator Annotator => field ??= new(Semantics);
}
