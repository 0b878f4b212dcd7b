using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.Asr;
using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Redaction;
using Parley.Routing;
using Parley.Semantics;
using Parley.Work;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Sets or replaces the parts of a Parley server from code. Calls apply in their order, after the configuration.
/// </summary>
public static class ParleyBuilderExtensions
{
    /// <summary>Replaces the log in which conversations are kept. <c>Parley:Data</c> must not be set then.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="open">Opens the log; called once, when the host starts. The server disposes the log when it stops.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder UseLog(this IParleyBuilder builder, Func<IServiceProvider, CancellationToken, ValueTask<IEventLog>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return builder.Configure(parts => parts.OpenLog = open);
    }

    /// <summary>Adds a recogniser format. It replaces a format of the same name.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="format">The format; clients name it by its <see cref="IAsrFormat.Name"/>.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder AddAsrFormat(this IParleyBuilder builder, IAsrFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return builder.Configure(parts => parts.Formats = parts.Formats.With(format));
    }

    /// <summary>Replaces the lexicon of keywords, risks and actions. From configuration: <c>Parley:Semantics:Lexicon</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="lexicon">The lexicon.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder UseLexicon(this IParleyBuilder builder, Lexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(lexicon);
        return builder.ConfigureSemantics(semantics => semantics with { Lexicon = lexicon });
    }

    /// <summary>Changes what the meaning of segments is read with. From configuration: <c>Parley:Semantics</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="change">Returns the options to use, given those so far.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder ConfigureSemantics(this IParleyBuilder builder, Func<SemanticConfig, SemanticConfig> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return builder.Configure(parts => parts.Semantics = change(parts.Semantics));
    }

    /// <summary>
    /// Replaces the table of intents and workflows. From configuration: <c>Parley:Routing</c>, which changes single routes.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="table">The table.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder UseRouting(this IParleyBuilder builder, RoutingTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return builder.Configure(parts => parts.Routing = table);
    }

    /// <summary>Adds a pattern to redact. From configuration: <c>Parley:RedactionPatterns</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="pattern">The pattern.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder AddRedactionPattern(this IParleyBuilder builder, RedactionPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return builder.ConfigureRedaction(redaction => redaction with { Patterns = [.. redaction.Patterns, pattern] });
    }

    /// <summary>
    /// Changes what is redacted. It has no effect on conversations that are not redacted: see <see cref="ConversationSettings.Redact"/>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="change">Returns the configuration to use, given the one so far.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder ConfigureRedaction(this IParleyBuilder builder, Func<RedactionConfig, RedactionConfig> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return builder.Configure(parts => parts.Redaction = change(parts.Redaction));
    }

    /// <summary>Replaces the estimate by which tokens of prompts and of the context window are counted.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="counter">The counter; it must be safe to use from several threads.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder UseTokenCounter(this IParleyBuilder builder, ITokenCounter counter)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return builder.Configure(parts => parts.TokenCounter = counter);
    }

    /// <summary>
    /// Replaces the prompts that a model is asked with, and the languages that conversations are found to be in. From configuration:
    /// <c>Parley:Prompts</c> and <c>Parley:Languages</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="prompts">The prompts, with their languages.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder UsePrompts(this IParleyBuilder builder, PromptLibrary prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        return builder.Configure(parts => parts.Prompts = prompts);
    }

    /// <summary>Changes how work is queued and done. From configuration: <c>Parley:Work</c>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="change">Returns the options to use, given those so far.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder ConfigureWork(this IParleyBuilder builder, Func<WorkOptions, WorkOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return builder.Configure(parts => parts.Work = change(parts.Work));
    }

    /// <summary>Changes how conversations are read if a client does not say. From configuration: <c>Parley:Defaults</c>.</summary>
    /// <remarks><see cref="ConversationSettings.Workflows"/> is always that of the handlers there are.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="change">Returns the settings to use, given those so far.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder ConfigureDefaults(this IParleyBuilder builder, Func<ConversationSettings, ConversationSettings> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return builder.Configure(parts => parts.Defaults = change(parts.Defaults));
    }

    /// <summary>Replaces the handler that does the work of a workflow.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder UseWorkflowHandler(this IParleyBuilder builder, Workflow workflow, IWorkflowHandler handler)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(handler);
        builder.Services.AddKeyedSingleton(workflow.ToName(), handler);
        return builder;
    }

    /// <summary>Replaces the handler that does the work of a workflow by one that the application's services create.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="workflow">The workflow.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder UseWorkflowHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        this IParleyBuilder builder, Workflow workflow)
        where THandler : class, IWorkflowHandler
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IWorkflowHandler, THandler>(workflow.ToName());
        return builder;
    }

    /// <summary>
    /// Limits the web server itself, as <c>parley serve</c> does: connections, sizes of headers and bodies, slow clients. For a web server
    /// that Parley has to itself. From configuration: <c>Parley:Kestrel</c> and <c>Parley:Limits</c>; later calls of
    /// <c>ConfigureKestrel</c> override it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static IParleyBuilder AddParleyKestrelLimits(this IParleyBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>());
        builder.Services.TryAddSingleton<Admissions>();
        // The web server binds with the last one.
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, BoundedTransport>());
        return builder;
    }

    private static IParleyBuilder Configure(this IParleyBuilder builder, Action<EngineParts> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure(configure);
        return builder;
    }
}
