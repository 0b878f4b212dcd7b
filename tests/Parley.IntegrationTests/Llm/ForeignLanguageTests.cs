using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parley.Protocol;

namespace Parley.IntegrationTests.Llm;

/// <summary>In a language that the intents do not know, a model finds actions and decisions.</summary>
public partial class ForeignLanguageTests
{
    private static readonly (string[] Texts, (string Phrase, string Kind, string What, string? Who, string? Due)[] Found) German = (
        [
            "guten morgen zusammen wir fangen jetzt an und haben heute nicht so viel",
            "die zahlen vom letzten monat sind ganz gut",
            "wir müssen bis freitag das angebot an den kunden schicken",
            "ich kümmere mich um die präsentation",
            "also nehmen wir den zweiten vorschlag",
            "und was kostet das?",
        ],
        [
            ("angebot", "action", "Das Angebot an den Kunden schicken", null, "Freitag"),
            ("präsentation", "action", "Die Präsentation vorbereiten", "ben", null),
            ("vorschlag", "decision", "Der zweite Vorschlag wird genommen", null, null),
        ]);

    private static readonly (string[] Texts, (string Phrase, string Kind, string What, string? Who, string? Due)[] Found) French = (
        [
            "bonjour à tous alors on commence et nous avons peu de temps",
            "les chiffres du mois dernier sont bons",
            "il faut envoyer le devis au client avant vendredi",
            "je m'occupe de la présentation",
            "donc on prend la deuxième proposition",
            "et ça coûte combien ?",
        ],
        [
            ("devis", "action", "Envoyer le devis au client", null, "vendredi"),
            ("présentation", "action", "Préparer la présentation", "ben", null),
            ("proposition", "decision", "La deuxième proposition est retenue", null, null),
        ]);

    [Theory]
    [InlineData("de", null)]
    [InlineData("de", "de-AT")]
    [InlineData("fr", null)]
    [InlineData("fr", "fr")]
    public async Task Actions_and_decisions_are_found_three_of_three(string code, string? set)
    {
        var (texts, found) = code == "de" ? German : French;
        await using var server = await ModelServer.StartAsync(request => Replies.Answer(Answer(request, found)));
        await using var engine = Engine(server, set);
        var told = await engine.HoldAsync(texts);

        var results = told.Where(fact => fact.Payload is WorkflowResultPayload { Workflow: "general" })
            .Select(fact => (WorkflowResultPayload)fact.Payload).ToList();
        Assert.Equal(
            found.Select(item => $"{item.Kind} {item.What} {item.Who} {item.Due}").Order(),
            results.SelectMany(result => Items(result, "decision").Concat(Items(result, "action"))).Order());
        Assert.All(results, result => Assert.StartsWith("extraction@", result.Prompt, StringComparison.Ordinal));
        Assert.All(results, result => Assert.Equal("extraction/1", result.Handler));
        var name = code == "de" ? "German" : "French";
        Assert.All(server.Requests, request => Assert.Contains($"Write in {name}", request.System, StringComparison.Ordinal));
        Assert.Equal(code, told.Select(fact => fact.Payload).OfType<SessionEndedPayload>().Single().Stats.Language);

        // A question mark asks in every language.
        Assert.Single(told, fact => fact.Payload is WorkflowResultPayload { Workflow: "question", Text: "Neun Euro." });
    }

    [Fact]
    public async Task They_are_asked_for_in_batches()
    {
        await using var server = await ModelServer.StartAsync(request => Replies.Answer(Answer(request, German.Found)));
        await using var engine = Engine(server, "de");
        await engine.HoldAsync([.. Enumerable.Range(0, 10).Select(i => $"das ist nummer {i}")]);
        Assert.InRange(server.Requests.Count(request => !request.IsSummary), 2, 3);
    }

    [Fact]
    public async Task A_summary_without_the_model_lists_what_the_model_found_and_does_not_say_that_only_a_model_could()
    {
        await using var server = await ModelServer.StartAsync(request =>
            request.IsSummary ? Replies.Status(401) : Replies.Answer(Answer(request, German.Found[..2])));
        await using var engine = Engine(server, "de", summarises: true);
        await engine.SayAsync([.. German.Texts]);
        await engine.UntilAsync(state => state.WorkDone == German.Texts.Length - 1);
        var told = await engine.HoldAsync("auf wiedersehen");
        var summary = told.Select(fact => fact.Payload).OfType<SummaryPayload>().Last();
        Assert.Equal(("extractive", "failed", "final"), (summary.Author, summary.Reason, summary.Kind));
        Assert.Contains("## Getroffene Entscheidungen\n\nNichts gefunden.\n", summary.Text, StringComparison.Ordinal);
        Assert.Contains("] Das Angebot an den Kunden schicken (Freitag)\n", summary.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nur mit einem Sprachmodell", summary.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_it_is_asked_for_in_english()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer("""{"items": []}"""));
        await using var engine = Engine(server, "en");
        var told = await engine.HoldAsync("the ferry is slow", "the train is slow", "the road is long");
        Assert.Empty(server.Requests);
        Assert.DoesNotContain(told, fact => fact.Payload is WorkflowResultPayload or WorkflowRoutedPayload { Extracts: true });
    }

    [Fact]
    public async Task What_is_neither_is_asked_for_again()
    {
        var replies = new Queue<string>(
            ["""{"items": [{"segment": 1, "what": "x"}]}""", """{"items": [{"segment": 1, "kind": "Action", "what": "x"}]}"""]);
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer(replies.Dequeue()));
        await using var engine = Engine(server, "de");
        var told = await engine.HoldAsync("ich mache das");
        Assert.Equal(["action x  "], Items(Assert.Single(told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>()), "action"));
    }

    [Fact]
    public async Task Without_budget_nothing_is_claimed()
    {
        await using var server = await ModelServer.StartAsync(_ => Replies.Answer("""{"items": []}"""));
        await using var engine = new ModelEngine(server, limits: new() { MaxCalls = 0 });
        await engine.SayAsync("wir müssen bis freitag das angebot an den kunden schicken", "ich mache das");
        var told = await engine.HoldAsync("ja");
        var results = told.Select(fact => fact.Payload).OfType<WorkflowResultPayload>().ToList();
        Assert.NotEmpty(results);
        Assert.All(results, result => Assert.Equal(("", "extractive/2", null), (result.Text, result.Handler, result.Prompt)));
        Assert.Empty(server.Requests);
    }

    private static ModelEngine Engine(ModelServer server, string? language, bool summarises = false)
    {
        var options = summarises ? ModelEngine.AtOnce with { BatchSize = 1 } : null;
        var engine = new ModelEngine(server, options, summarises: summarises);
        if (language is null) return engine;
        return new ModelEngine(server, options, summarises: summarises) { Settings = engine.Settings with { Language = language } };
    }

    private static string Answer(ModelRequest request, (string Phrase, string Kind, string What, string? Who, string? Due)[] found)
    {
        if (request.User.Contains("<question>", StringComparison.Ordinal)) return "Neun Euro.";
        var lines = request.About.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var items = new JsonArray();
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (var item in found.Where(item => Line().Replace(lines[i], "").Contains(item.Phrase, StringComparison.Ordinal)))
            {
                items.Add(new JsonObject
                {
                    ["segment"] = i + 1,
                    ["kind"] = item.Kind,
                    ["what"] = item.What,
                    ["who"] = item.Who,
                    ["due"] = item.Due,
                });
            }
        }

        return new JsonObject { ["items"] = items }.ToJsonString();
    }

    private static IEnumerable<string> Items(WorkflowResultPayload result, string kind) =>
        result.Data!.Value.GetProperty($"{kind}s").EnumerateArray()
            .Select(item => $"{kind} {Text(item, "what")} {Text(item, "who")} {Text(item, "due")}");

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    [GeneratedRegex(@"^\[[^\]]*\] \w+: ")]
    private static partial Regex Line();
}
