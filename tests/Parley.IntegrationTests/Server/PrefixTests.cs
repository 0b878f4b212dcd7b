using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Client;

namespace Parley.IntegrationTests.Server;

/// <summary>An application that has pages of its own gives Parley a path.</summary>
public sealed class PrefixTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddParley(builder.Configuration.GetSection("Parley"));
        _app = builder.Build();
        _app.MapGet("/", () => "mine");
        _app.MapGroup("/talk/live").MapParley();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }

    [Fact]
    public async Task The_page_is_there_and_the_applications_own_is_where_it_was()
    {
        var cancelled = TestContext.Current.CancellationToken;
        Assert.Equal("mine", await _http.GetStringAsync("/", cancelled));
        Assert.Contains("<title>Parley</title>", await _http.GetStringAsync("/talk/live/", cancelled), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("/talk/live/js/main.js", cancelled)).StatusCode);

        var withoutSlash = await _http.GetAsync("/talk/live?a=b", cancelled);
        Assert.Equal((HttpStatusCode.Found, "/talk/live/?a=b"), (withoutSlash.StatusCode, withoutSlash.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task A_new_stream_is_where_the_answer_says()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var opened = await _http.PostAsJsonAsync("/talk/live/v1/streams", new { }, cancelled);
        Assert.StartsWith("/talk/live/v1/streams/str-", opened.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(opened.Headers.Location, cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_client_finds_it_by_its_path()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var client = await ParleyClient.StartAsync(new Uri(_http.BaseAddress!, "/talk/live"), cancellationToken: cancelled);
        await client.SendAsync(new Chunk(0, 1, "Is anybody there?", "ana"), cancellationToken: cancelled);
        Assert.Equal(1, (await client.EndAsync(cancelled)).SegmentsFinalized);
    }
}
