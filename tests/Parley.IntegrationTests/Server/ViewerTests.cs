using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Parley.IntegrationTests.Security;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>What those who look on see, beside the facts.</summary>
public class ViewerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_comes_in_mid_sentence_sees_it_at_once()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 1, "start": 0, "end": 2, "text": "what does the", "speaker_id": "ana"}
            {"sequence": 2, "start": 1, "end": 1.5, "text": "ferry", "speaker_id": "ben"}
            """);
        await using var socket = await SocketClient.ConnectAsync(server);
        await socket.SayAsync(new ResumeSession(id, 0));
        while (socket.Heard.Count(envelope => envelope.Payload is PartialPayload) < 2) await socket.HearAsync<PartialPayload>();
        SocketTests.AssertNumbered(socket.Heard);

        var streamed = await HttpTests.EventsAsync(server, id).Where(item => item.EventType == "PARTIAL").Take(2).ToListAsync(Cancel);
        Assert.All(streamed, item => Assert.Null(item.EventId));
        foreach (var partials in new[] { socket.Heard.Where(envelope => envelope.Payload is PartialPayload), streamed.Select(Envelope) })
            Assert.Equal(["seg-0 what does the", "seg-1 ferry"], partials.Select(partial => $"{partial.SegmentId} {((PartialPayload)partial.Payload).Segment.Text}"));
    }

    [Fact]
    public async Task An_answer_shows_as_it_is_written_on_a_socket_and_in_an_event_stream()
    {
        using var model = new SpokenModel();
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<IChatClient>(model));
        var id = await OpenAsync(server);
        await using var socket = await SocketClient.ConnectAsync(server);
        await socket.SayAsync(new ResumeSession(id, 0));
        await using var streamed = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        await UntilAsync(streamed, "SESSION_STARTED");
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 1, "start": 0, "end": 2, "text": "what does the yearly plan cost", "speaker_id": "ana"}
            {"sequence": 2, "start": 3, "end": 4, "text": "hm", "speaker_id": "ben"}
            """);
        var routed = Envelope(await UntilAsync(streamed, "WORKFLOW_ROUTED"));

        model.Say("Nine euros ");
        var progress = await UntilAsync(streamed, "WORKFLOW_PROGRESS");
        Assert.Null(progress.EventId);
        foreach (var envelope in new[] { Envelope(progress), await socket.HearAsync<WorkflowProgressPayload>() })
        {
            Assert.Equal(("seg-0", new WorkflowProgressPayload("question", "Nine euros ", 1)), (envelope.SegmentId, envelope.Payload));
            Assert.True(envelope.EventId >= routed.EventId);
        }

        model.Say("a month.");
        model.Finish();
        foreach (var envelope in new[] { Envelope(await UntilAsync(streamed, "WORKFLOW_RESULT")), await socket.HearAsync<WorkflowResultPayload>() })
            Assert.Equal("Nine euros a month.", ((WorkflowResultPayload)envelope.Payload).Text);
        SocketTests.AssertNumbered(socket.Heard);
    }

    [Fact]
    public async Task Reasoning_that_was_shown_before_it_was_known_for_such_is_taken_back()
    {
        using var model = new SpokenModel();
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<IChatClient>(model));
        var id = await DeadLetterTests.AskedAsync(server);
        await using var streamed = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        model.Say("They ask for a price.");
        Assert.Equal("They ask for a price.", await ProgressAsync(streamed));
        model.Say("</think>");
        Assert.Equal("", await ProgressAsync(streamed));
        model.Say("Nine euros");
        Assert.Equal("Nine euros", await ProgressAsync(streamed));
        model.Finish();
        Assert.Equal("Nine euros", ((WorkflowResultPayload)Envelope(await UntilAsync(streamed, "WORKFLOW_RESULT")).Payload).Text);
    }

    [Fact]
    public async Task A_hint_that_a_speaker_is_done_shows_on_a_socket_and_in_an_event_stream_and_closes_where_it_was_asked_for()
    {
        var clock = new WatchedTime();
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var opened = await HttpTests.PostAsync(
            server, "/v1/streams", """{"idle_final_sec": 3600, "close_on_end_of_turn": 0.5, "end_of_turn_pause_sec": 0.3}""", "application/json");
        var id = (string)System.Text.Json.Nodes.JsonNode.Parse(opened)!["stream_id"]!;
        await using var socket = await SocketClient.ConnectAsync(server);
        await socket.SayAsync(new ResumeSession(id, 0));
        await using var streamed = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        await UntilAsync(streamed, "SESSION_STARTED");
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """{"sequence": 1, "start": 0, "end": 2, "text": "okay", "speaker_id": "ana"}""");
        await UntilAsync(streamed, "PARTIAL");
        await socket.HearAsync<PartialPayload>();
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(0.2), Cancel);
        clock.Advance(TimeSpan.FromSeconds(0.2));

        var hint = await UntilAsync(streamed, "END_OF_TURN_HINT");
        Assert.Null(hint.EventId);
        foreach (var envelope in new[] { Envelope(hint), await socket.HearAsync<EndOfTurnHintPayload>() })
        {
            var payload = Assert.IsType<EndOfTurnHintPayload>(envelope.Payload);
            Assert.Equal(("seg-0", 1L, "ana", 0.2), (envelope.SegmentId, envelope.EventId, payload.SpeakerId, payload.PauseSec));
            Assert.InRange(payload.Probability, 0.5, 1);
        }

        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(0.1), Cancel);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await UntilAsync(streamed, "FINALIZED");
        await socket.HearAsync<FinalizedPayload>();
        SocketTests.AssertNumbered(socket.Heard);
    }

    [Fact]
    public async Task An_event_stream_beats_while_nothing_happens()
    {
        var clock = new WatchedTime();
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));
        var id = await OpenAsync(server);
        await using var streamed = HttpTests.EventsAsync(server, id, after: 1).GetAsyncEnumerator(Cancel);
        for (var beat = 0; beat < 3; beat++)
        {
            Assert.True(await streamed.MoveNextAsync());
            Assert.Equal(("heartbeat", "", null), (streamed.Current.EventType, streamed.Current.Data, streamed.Current.EventId));
            await clock.WaitForTimerAsync(TimeSpan.FromSeconds(15), Cancel);
            clock.Advance(TimeSpan.FromSeconds(15));
        }
    }

    [Fact]
    public async Task An_event_stream_ends_with_the_token_that_it_was_opened_with_and_says_so()
    {
        var tokens = new MinuteTokens();
        await using var server = await tokens.StartServerAsync();
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.New());
        var id = await OpenAsync(server);
        await using var streamed = HttpTests.EventsAsync(server, id).GetAsyncEnumerator(Cancel);
        await UntilAsync(streamed, "SESSION_STARTED");
        tokens.Clock.Advance(TimeSpan.FromSeconds(59));
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """{"sequence": 1, "start": 0, "end": 2, "text": "hello"}""");
        await UntilAsync(streamed, "PARTIAL");

        tokens.Clock.Advance(TimeSpan.FromSeconds(1));
        var told = Assert.IsType<ErrorPayload>(Envelope(await UntilAsync(streamed, "ERROR")).Payload);
        Assert.Equal((ErrorCodes.Unauthorized, 1), (told.Code, told.Details!.Value.GetProperty("last_event_id").GetInt64()));
        Assert.False(await streamed.MoveNextAsync());
    }

    [Fact]
    public async Task Who_asks_for_what_comes_after_the_end_does_not_wait_for_it()
    {
        // No time passes here.
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider()));
        var (sender, id) = await SocketClient.StartAsync(server);
        await using var _ = sender;
        await sender.SayAsync(new EndSession());
        var end = await sender.HearAsync<SessionEndedPayload>();
        await using var late = await SocketClient.ConnectAsync(server);
        await late.SayAsync(new ResumeSession(id, end.EventId));
        await late.HearAllAsync();
        Assert.Equal(end.EventId, Assert.IsType<SessionResumedPayload>(Assert.Single(late.Heard).Payload).LastEventId);
    }

    // What is said stays open until something closes it, and not until a clock does.
    internal static async Task<string> OpenAsync(ParleyServer server) =>
        (string)System.Text.Json.Nodes.JsonNode.Parse(await HttpTests.PostAsync(server, "/v1/streams", """{"idle_final_sec": 3600}""", "application/json"))!["stream_id"]!;

    private static async Task<string> ProgressAsync(IAsyncEnumerator<SseItem<string>> streamed) =>
        ((WorkflowProgressPayload)Envelope(await UntilAsync(streamed, "WORKFLOW_PROGRESS")).Payload).Text;

    internal static Envelope Envelope(SseItem<string> item) => Protocol.Envelope.Parse(Encoding.UTF8.GetBytes(item.Data));

    internal static async Task<SseItem<string>> UntilAsync(IAsyncEnumerator<SseItem<string>> events, string type)
    {
        while (await events.MoveNextAsync())
        {
            if (events.Current.EventType == type) return events.Current;
        }

        throw new InvalidOperationException($"The event stream ended before {type}.");
    }
}
