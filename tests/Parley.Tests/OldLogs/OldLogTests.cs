using System.Text;
using Parley.Conversations.Running;
using Parley.Protocol;

namespace Parley.Tests.OldLogs;

/// <summary>Conversations that version 1 stored read as they did then, and go on as they did then.</summary>
public sealed class OldLogTests
{
    public static TheoryData<string, bool> Logs =>
        new(from name in OldLog.Names
            from withCheckpoint in new[] { false, true }
            where !withCheckpoint || OldLog.Read(name).Checkpoint is not null
            select (name, withCheckpoint));

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task The_state_is_what_version_1_read(string name, bool withCheckpoint)
    {
        var old = OldLog.Read(name);
        await using var log = await old.ToMemoryAsync(withCheckpoint);
        var (state, seq) = await ConversationLoader.LoadAsync(log, old.Stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(old.ExpectedState, OldLogState.Describe(state, seq));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task What_follows_is_what_version_1_said(string name, bool withCheckpoint)
    {
        var old = OldLog.Read(name);
        await using var log = await old.ToMemoryAsync(withCheckpoint);
        Assert.Equal(old.ExpectedEnvelopes, WithoutRecords(await Reopened.GoOnAsync(log, old.Stream, old.Inputs)));
    }

    // Version 1 recorded no text that it left out.
    private static IEnumerable<string> WithoutRecords(IEnumerable<string> envelopes)
    {
        var records = 0;
        foreach (var json in envelopes)
        {
            var envelope = Envelope.Parse(Encoding.UTF8.GetBytes(json));
            if (envelope.Payload is AnomalyPayload) records++;
            else if (records == 0) yield return json;
            else yield return Encoding.UTF8.GetString((envelope with { EventId = envelope.EventId - records }).ToUtf8());
        }
    }
}
