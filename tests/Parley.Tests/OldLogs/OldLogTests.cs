using Parley.Conversations.Running;

namespace Parley.Tests.OldLogs;

/// <summary>Conversations that version 1 stored read as they did then, and go on as they did then. Only what segments do is read by today's rules.</summary>
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
        var (state, seq, _) = await ConversationLoader.LoadAsync(log, old.Stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(old.ExpectedState, OldLogState.Describe(state, seq));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task What_follows_is_what_version_1_said(string name, bool withCheckpoint)
    {
        var old = OldLog.Read(name);
        await using var log = await old.ToMemoryAsync(withCheckpoint);
        var followed = Reopened.WithoutRecords(await Reopened.GoOnAsync(log, old.Stream, old.Inputs));
        Assert.Equal(Reopened.WithoutIntents(old.ExpectedEnvelopes), Reopened.WithoutIntents(followed));
    }
}
