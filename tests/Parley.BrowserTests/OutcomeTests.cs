using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.BrowserTests.Support;

namespace Parley.BrowserTests;

public class OutcomeTests(Browser browser) : PageTest(browser)
{
    [Fact]
    public async Task Decisions_and_actions_are_listed_and_lead_to_where_they_were_said()
    {
        await ShowAsync(await Server.StandupAsync());
        var decision = Page.Locator(".taken-item", new() { HasText = "we go with Thursday the twelfth" });
        await Expect(decision.First).ToContainTextAsync("candidate", new() { Timeout = 20_000 });
        await decision.First.ClickAsync();
        await Expect(Page.Locator(".segment:focus")).ToContainTextAsync("Good, then we go with Thursday the twelfth.");
        await Expect(Page.Locator(".segment:focus")).ToBeInViewportAsync();
        await Expect(Page.Locator(".rich").First).ToContainTextAsync("Candidate decisions");
    }

    [Fact]
    public async Task A_proposal_shows_as_a_decision_once_others_agree()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, (0, 1, "Let's cancel the pilot.", "ana"), (2, 3, "Agreed.", "ben"));
        var proposal = Page.Locator("[data-segment=seg-0]");
        await Expect(proposal).ToHaveClassAsync(new Regex("final"));
        await Expect(proposal.Locator(".badge", new() { HasText = "Decision" })).ToHaveCountAsync(0);
        await Server.SayAsync(id, (4, 5, "Good.", "ana"));
        await Expect(proposal.Locator(".badge", new() { HasText = "Decision" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_question_that_nobody_answers_says_so_and_what_would_answer_it()
    {
        await ShowAsync(await Server.StandupAsync());
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Answers" }).ClickAsync();
        await Expect(Page.Locator(".answer").First).ToBeVisibleAsync();
        await Expect(Page.Locator("#panel-answers")).ToContainTextAsync("Questions are answered where the server has a model");
        await Expect(Page.Locator(".answer-body").First).ToContainTextAsync("No answer came.");
        await Expect(Page.Locator("#tab-answers")).ToHaveTextAsync("Answers");
    }

    [Fact]
    public async Task The_context_is_what_a_model_would_be_given()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Context" }).ClickAsync();
        await Expect(Page.Locator(".context-text")).ToContainTextAsync("Nothing yet");
        await Server.SayAsync(id, (0, 1, "What does it cost?", "ana"), (2, 3, "Nine euros.", "ben"), (4, 5, "Fine.", "ana"));
        await Expect(Page.Locator(".context-text")).ToHaveTextAsync(
            "Recent conversation context:\n<conversation>\n[0.0s] ana: What does it cost?\n[2.0s] ben: Nine euros.\n</conversation>");
        await Expect(Page.Locator(".budget")).ToContainTextAsync("Segments2 of 10");
    }
}
