using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Parley.BrowserTests.Support;
using Parley.Work;

namespace Parley.BrowserTests;

/// <summary>The panel of the summary says who wrote it, and has one that a model did not write tried again.</summary>
public class SummaryTests(Browser browser) : PageTest(browser)
{
    private readonly RecoveringModel _model = new();

    internal override Task<PageServer> StartAsync() => PageServer.StartAsync(builder => builder.Services.AddSingleton<IChatClient>(_model));

    [Fact]
    public async Task One_without_a_model_says_so_and_the_models_takes_its_place_when_it_is_tried_again()
    {
        var id = await Server.OpenAsync();
        await Server.SayAsync(id, (0, 2, "The ferry is slow.", "ana"), (3, 4, "The train is fast.", "ben"));
        await Server.EndAsync(id);
        await ShowAsync(id);
        var author = Page.Locator(".summary-author");
        await Expect(author).ToHaveTextAsync("Final · chosen from what was said, without a model: the model did not work");
        var note = Page.GetByText("The model did not write the latest summary (not authorized). It can be tried again.");
        await Expect(note).ToBeVisibleAsync();

        _model.Recover();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(author).ToHaveTextAsync("Final · written by llama3", new() { Timeout = 20_000 });
        await Expect(note).ToHaveCountAsync(0);
        await Expect(Page.Locator(".panel .rich").First).ToContainTextAsync("ana likes trains.");
    }

    private sealed class RecoveringModel : IChatClient
    {
        private volatile bool _isWell;

        public void Recover() => _isWell = true;

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            if (!_isWell) throw new WorkRefusedException("not_authorized");
            yield return new ChatResponseUpdate(ChatRole.Assistant, "ana likes trains.") { ModelId = "llama3" };
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
