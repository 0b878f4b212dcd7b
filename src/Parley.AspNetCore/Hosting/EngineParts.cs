using Parley.Asr;
using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Redaction;
using Parley.Routing;
using Parley.Semantics;
using Parley.Work;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// The parts of the engine that an application can set or replace: first as the configuration says, then as the calls of the builder say.
/// </summary>
internal sealed class EngineParts
{
    /// <summary>Opens the log when the host starts; null for the folder <c>Parley:Data</c>, or memory without one.</summary>
    public Func<IServiceProvider, CancellationToken, ValueTask<IEventLog>>? OpenLog { get; set; }

    public AsrFormats Formats { get; set; } = AsrFormats.Default;

    public SemanticConfig Semantics { get; set; } = new();

    public RoutingTable Routing { get; set; } = RoutingTable.Default;

    public RedactionConfig Redaction { get; set; } = new();

    public ITokenCounter? TokenCounter { get; set; }

    /// <summary>What a model is asked with; its languages are those of the rules, too.</summary>
    public PromptLibrary Prompts { get; set; } = PromptLibrary.BuiltIn;

    public WorkOptions Work { get; set; } = new();

    /// <summary>How conversations are read if a client does not say.</summary>
    public ConversationSettings Defaults { get; set; } = new();

    public ConversationRules ToRules() => new()
    {
        Semantics = Semantics,
        Routing = Routing,
        Redaction = Redaction,
        TokenCounter = TokenCounter,
        Languages = Prompts.Languages,
    };
}
