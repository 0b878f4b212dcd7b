using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Parley.Asr;
using Parley.Protocol;
using Parley.Tests.Support;
using AsrMessage = Parley.Asr.AsrMessage;

namespace Parley.IntegrationTests.Server;

/// <summary>An application adds a recogniser format of its own.</summary>
public sealed class OwnFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_it_repeats_after_a_restart_is_not_said_twice()
    {
        await using var server = await ParleyServer.StartAsync(
            _folder.Path,
            builder => builder.Services.AddParley(builder.Configuration.GetSection("Parley")).AddAsrFormat(new ItemFormat()));
        var id = await HttpTests.OpenAsync(server);
        await SendAsync(server, id, 1, """
            {"connection": 1}
            {"item": 1, "text": "Please cancel my plan."}
            {"connection": 2}
            {"item": 2, "text": "Thank you very much."}
            """);
        await server.RestartAsync();
        await SendAsync(server, id, 5, """
            {"item": 1, "text": "Please cancel my plan."}
            {"item": 3, "text": "Goodbye."}
            """);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        var said = await HttpTests.EventsAsync(server, id)
            .Where(item => item.EventType == "FINALIZED")
            .Select(item => ((FinalizedPayload)ViewerTests.Envelope(item).Payload).Segment.Text)
            .ToListAsync(Cancel);
        Assert.Equal(["Please cancel my plan.", "Thank you very much.", "Goodbye."], said);
    }

    private static Task<string> SendAsync(ParleyServer server, string id, int sequence, string messages) =>
        HttpTests.PostAsync(server, $"/v1/streams/{id}/messages?format=items&sequence={sequence}", messages);

    /// <summary>Items whose numbers go on when the connection is a new one.</summary>
    private sealed class ItemFormat : IAsrFormat, IAsrReader
    {
        public string Name => "items";

        public string Description => "Numbered items.";

        public string SampleMessage => """{"item": 1, "text": "good morning"}""";

        public bool ClockMayRestart => false;

        public bool KeysOutliveConnections => true;

        public string? Recognise(AsrMessage message) => null;

        public IAsrReader OpenReader() => this;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            if (message.Json.TryGetProperty("connection", out _))
            {
                updates.NewConnection();
                return;
            }

            var item = message.Json.GetProperty("item").GetInt32();
            updates.Add(new AsrUpdate
            {
                Key = item.ToString(CultureInfo.InvariantCulture),
                Text = message.Json.GetProperty("text").GetString(),
                IsFinal = true,
                EndOfTurn = true,
            });
        }
    }
}
