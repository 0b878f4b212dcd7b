using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Parley.BrowserTests.Support;
using Parley.Tests.Support;

namespace Parley.BrowserTests;

public class AnswerTests(Browser browser) : PageTest(browser)
{
    private readonly SpokenModel _model = new();

    internal override Task<PageServer> StartAsync() => PageServer.StartAsync(builder => builder.Services.AddSingleton<IChatClient>(_model));

    [Fact]
    public async Task An_answer_shows_as_it_is_written_and_leads_to_its_question()
    {
        var id = await Server.OpenAsync();
        await ShowAsync(id);
        await Server.SayAsync(id, (0, 2, "What does the yearly plan cost?", "ana"), (3, 4, "Hm.", "ben"));
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Answers" }).ClickAsync();
        var answer = Page.Locator(".answer");
        await Expect(answer.Locator(".answer-words")).ToHaveTextAsync("What does the yearly plan cost?");
        await Expect(answer).ToHaveAttributeAsync("data-state", "waiting");
        await Expect(Page.Locator("#tab-answers")).ToHaveTextAsync("Answers");

        _model.Say("Nine euros <b>");
        await Expect(answer.Locator(".answer-body")).ToHaveTextAsync("Nine euros <b>");
        await Expect(answer.Locator(".answer-body")).ToHaveAttributeAsync("aria-busy", "true");
        _model.Say("a month.");
        _model.Finish();
        await Expect(answer).ToHaveAttributeAsync("data-state", "done");
        await Expect(Page.Locator("#tab-answers")).ToHaveTextAsync("Answers1");
        await Expect(answer.Locator(".answer-body")).ToContainTextAsync("Nine euros <b>a month.");
        await Expect(answer.Locator(".answer-body")).ToHaveAttributeAsync("aria-busy", "false");

        await answer.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Page.Locator("[data-segment=seg-0]")).ToBeFocusedAsync();
    }
}
