using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.Context;
using Parley.Log;
using Parley.Protocol;
using Parley.Redaction;
using Parley.Routing;
using Parley.Semantics;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.IntegrationTests.Server;

/// <summary>An application sets or replaces the parts of its server, by settings or by code.</summary>
public sealed class ReplacementTests : IDisposable
{
    private const string Promise = """{"sequence": 1, "start": 0, "end": 2, "text": "i'll go and book two cabins", "speaker_id": "ana"}""";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lexicon_comes_from_a_file_or_from_code()
    {
        const string ferries = """{"risks": {"ferries": ["cabins"]}, "actions": []}""";
        var file = Path.Combine(_folder.Path, "lexicon.json");
        await File.WriteAllTextAsync(file, ferries, Cancel);
        await using var told = await ParleyServer.StartAsync(settings: ("Semantics:Lexicon", file));
        await using var coded = await ParleyServer.StartAsync(configure: Use(parley => parley.UseLexicon(Lexicon.Parse(ferries))));
        foreach (var server in new[] { told, coded })
        {
            var semantic = (await SayAsync(server, Promise)).OfType<FinalizedPayload>().Single().Semantic!;
            Assert.Equal(["cabins", "ferries"], [.. semantic.Keywords, .. semantic.RiskTags]);
        }
    }

    [Fact]
    public async Task Kinds_of_annotation_are_switched_off_one_by_one()
    {
        await using var server = await ParleyServer.StartAsync(settings: [("Semantics:Intents", "false"), ("Semantics:Actions", "false")]);
        var semantic = (await SayAsync(server, Promise)).OfType<FinalizedPayload>().Single().Semantic!;
        Assert.Equal((Intents.Statement, 0), (semantic.Intent, semantic.Actions.Count));
    }

    [Fact]
    public async Task Code_has_the_last_word_over_settings()
    {
        var table = new RoutingTable(new Dictionary<string, Workflow> { [Intents.Commitment] = Workflow.Decision });
        await using var told = await ParleyServer.StartAsync(settings: ("Routing:Commitment", "general"));
        await using var both = await ParleyServer.StartAsync(
            configure: Use(parley => parley.UseRouting(table)), settings: ("Routing:Commitment", "general"));
        Assert.Equal("general", (await SayAsync(told, Promise)).OfType<WorkflowRoutedPayload>().Single().Workflow);
        Assert.Equal("decision", (await SayAsync(both, Promise)).OfType<WorkflowRoutedPayload>().Single().Workflow);
    }

    [Fact]
    public async Task A_route_that_is_set_leaves_the_others_as_they_are()
    {
        await using var server = await ParleyServer.StartAsync(settings: ("Routing:question", "general"));
        var routed = (await SayAsync(server, Promise)).OfType<WorkflowRoutedPayload>().Single();
        Assert.Equal("action_item", routed.Workflow);
    }

    [Fact]
    public async Task Patterns_are_redacted_beside_what_is_known()
    {
        await using var server = await ParleyServer.StartAsync(
            configure: Use(parley => parley.AddRedactionPattern(new RedactionPattern("deck", "deck [a-z]"))),
            settings: [("Redact", "true"), ("RedactionPatterns:0:Name", "cabin"), ("RedactionPatterns:0:Regex", "cabin [0-9]+")]);
        const string secrets = """{"sequence": 1, "start": 0, "end": 2, "text": "cabin 417 on deck b, ana@example.com"}""";
        var said = (await SayAsync(server, secrets)).OfType<FinalizedPayload>().Single();
        Assert.Equal("[cabin] on [deck], [email]", said.Segment.Text);
    }

    [Fact]
    public async Task Tokens_are_counted_as_the_application_counts_them()
    {
        await using var server = await ParleyServer.StartAsync(
            configure: Use(parley => parley.UseTokenCounter(new EveryLetter())), settings: ("ContextTokens", "100000"));
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Promise);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await HttpTests.EventsAsync(server, id).LastAsync(Cancel);
        var context = await ReadingTests.JsonAsync(server, $"/v1/streams/{id}/context");
        Assert.InRange((int)context["tokens"]!, ((string)context["text"]!).Length / 2, ((string)context["text"]!).Length);
    }

    [Fact]
    public async Task Work_is_tried_as_often_as_settings_and_code_say()
    {
        (string, string?)[] once = [("Work:ActionItem:MaxAttempts", "1"), ("Work:ActionItem:BatchSize", "1")];
        await using var told = await ParleyServer.StartAsync(
            configure: Use(parley => parley.UseWorkflowHandler(Workflow.ActionItem, new Failing())), settings: once);
        await using var both = await ParleyServer.StartAsync(
            configure: Use(parley => parley
                .UseWorkflowHandler<Failing>(Workflow.ActionItem)
                .ConfigureWork(work => work with { ActionItem = work.ActionItem with { MaxAttempts = 2, RetryDelay = TimeSpan.Zero } })),
            settings: once);
        Assert.Equal(1, (await SayAsync(told, Promise)).OfType<WorkflowFailedPayload>().Single().Attempts);
        Assert.Equal(2, (await SayAsync(both, Promise)).OfType<WorkflowFailedPayload>().Single().Attempts);
    }

    [Fact]
    public async Task Conversations_begin_with_the_settings_of_the_server()
    {
        await using var told = await ParleyServer.StartAsync(settings: ("Defaults:MaxGapSec", "0.1"));
        await using var coded = await ParleyServer.StartAsync(
            configure: Use(parley => parley.ConfigureDefaults(defaults => defaults with { MaxGapSec = 0.1 })));
        foreach (var server in new[] { told, coded })
        {
            var said = await SayAsync(server, """
                {"sequence": 1, "start": 0, "end": 1, "text": "one", "speaker_id": "ana"}
                {"sequence": 2, "start": 1.5, "end": 2, "text": "two", "speaker_id": "ana"}
                """);
            Assert.Equal(["one", "two"], said.OfType<FinalizedPayload>().Select(final => final.Segment.Text));
        }
    }

    [Fact]
    public async Task Conversations_are_kept_in_the_log_of_the_application()
    {
        var log = new MemoryEventLog();
        await using var server = await ParleyServer.StartAsync(configure: Use(parley => parley.UseLog((_, _) => new(log))));
        await SayAsync(server, Promise);
        Assert.Single(await log.ListAsync(Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_log_of_the_application_and_a_folder_exclude_each_other()
    {
        var use = Use(parley => parley.UseLog((_, _) => new(new MemoryEventLog())));
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => ParleyServer.StartAsync(_folder.Path, use));
        Assert.Contains("Parley:Data", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adding_it_twice_changes_nothing()
    {
        await using var server = await ParleyServer.StartAsync(configure: Use(_ => { }));
        Assert.Single(server.Services.GetServices<IHostedService>(), service => service is EngineService);
    }

    private static Action<WebApplicationBuilder> Use(Action<IParleyBuilder> use) =>
        builder => use(builder.Services.AddParley(builder.Configuration.GetSection("Parley")));

    /// <summary>Says it all, ends, and returns what was told.</summary>
    private static async Task<List<ServerPayload>> SayAsync(ParleyServer server, string chunks)
    {
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", chunks);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        return await HttpTests.EventsAsync(server, id)
            .Where(item => item.EventType != "heartbeat")
            .Select(item => ViewerTests.Envelope(item).Payload)
            .ToListAsync(Cancel);
    }

    private sealed class EveryLetter : ITokenCounter
    {
        public int Count(ReadOnlySpan<char> text) => text.Length;
    }

    private sealed class Failing : IWorkflowHandler
    {
        public string Version => "failing/1";

        public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(
            IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken) =>
            throw new ModelUnavailableException("busy");
    }
}
