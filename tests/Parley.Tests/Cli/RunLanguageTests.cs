using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Cli;

/// <summary>The language and the prompts of <c>parley run</c>.</summary>
public class RunLanguageTests
{
    private const string Chunks = """
        {"start":0,"end":2,"text":"wir müssen bis freitag das angebot an den kunden schicken","speaker_id":"ana"}
        {"start":4,"end":6,"text":"also nehmen wir den zweiten vorschlag","speaker_id":"ben"}
        """;

    [Fact]
    public async Task The_language_is_found_and_stands_in_the_report_the_transcript_and_the_summary()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, (await CommandRun.WithInput(Chunks, "run", "-", "--out", folder.Path)).ExitCode);
        Assert.Equal("de", (string?)JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!["language"]);
        var transcript = await TranscriptJson.ReadFileAsync(folder.At("transcript.json"), TestContext.Current.CancellationToken);
        Assert.Equal("de", transcript.Language);
        Assert.Contains("## Getroffene Entscheidungen\n\nEntscheidungen und", File.ReadAllText(folder.At("summary.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_be_set()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.WithInput(Chunks, "run", "-", "--out", folder.Path, "--language", "pt-BR");
        Assert.Equal("pt", (string?)JsonNode.Parse(File.ReadAllText(folder.At("report.json")))!["language"]);
        Assert.Contains("## Decisões tomadas", File.ReadAllText(folder.At("summary.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_used_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("actions.txt"), "What is to be done? {{segments}}");
        var run = await CommandRun.WithInput(Chunks, "run", "-", "--out", folder.At("out"), "--prompts", folder.Path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--prompts: actions.txt, line 1: {{segments}} shares its line with other text.", run.Error, StringComparison.Ordinal);
    }
}
