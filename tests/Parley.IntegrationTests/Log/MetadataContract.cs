using Parley.Log;

namespace Parley.IntegrationTests.Log;

/// <summary>What streams are known and found by.</summary>
public abstract class MetadataContract(bool isSqlite) : LogContract(isSqlite)
{
    private static readonly StreamMetadata Call = new() { ExternalId = "call 4711 — Ž/é", Labels = ["sales", "berlin"], Details = new byte[] { 1, 2 } };

    [Fact]
    public async Task Metadata_comes_with_the_first_fact_and_is_changed_later()
    {
        await BeginAsync("t1/a", Call);
        AssertIs(Call, 1, await Log.FindAsync("t1/a"));
        var changed = new StreamMetadata { ExternalId = "other", Labels = ["berlin"], Revision = 1 };
        await Log.SaveMetadataAsync("t1/a", changed);
        AssertIs(changed, 2, await Log.FindAsync("t1/a"));
        AssertIs(changed, 2, (await Log.ListAsync(new StreamQuery("t1") { Label = "berlin" })).Streams.Single());
        Assert.Empty((await Log.ListAsync(new StreamQuery("t1") { Label = "sales" })).Streams);
    }

    [Fact]
    public async Task A_stream_without_metadata_has_none_and_can_be_given_some()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 1));
        Assert.Same(StreamMetadata.None, (await Log.FindAsync("a"))!.Metadata);
        await Log.SaveMetadataAsync("a", Call);
        AssertIs(Call, 1, await Log.FindAsync("a"));
        AssertIs(Call, 1, await Log.ListAsync().SingleAsync());
    }

    [Fact]
    public async Task A_stream_is_found_by_its_external_id_within_its_tenant()
    {
        await BeginAsync("t1/a", Call);
        await BeginAsync("t2/a", Call);
        await BeginAsync("a", Call);
        Assert.Equal("t1/a", (await Log.FindExternalAsync("t1", Call.ExternalId!))!.Stream);
        Assert.Equal("t2/a", (await Log.FindExternalAsync("t2", Call.ExternalId!))!.Stream);
        Assert.Equal("a", (await Log.FindExternalAsync(null, Call.ExternalId!))!.Stream);
        Assert.Null(await Log.FindExternalAsync("t3", Call.ExternalId!));
        Assert.Null(await Log.FindExternalAsync("t1", Call.ExternalId!.ToUpperInvariant()));
    }

    [Fact]
    public async Task An_external_id_is_given_once_within_a_tenant()
    {
        await BeginAsync("t1/a", Call);
        var taken = await Assert.ThrowsAsync<ExternalIdTakenException>(() => BeginAsync("t1/b", Call));
        Assert.Equal("t1/a", taken.Stream);
        Assert.Null(await Log.FindAsync("t1/b"));
        await Log.AppendAsync("t1/b", 0, Facts.Range(1, 1));
        await Assert.ThrowsAsync<ExternalIdTakenException>(async () => await Log.SaveMetadataAsync("t1/b", Call));
        await Log.SaveMetadataAsync("t1/a", Call with { ExternalId = null, Revision = 1 });
        await Log.SaveMetadataAsync("t1/b", Call);
        Assert.Equal("t1/b", (await Log.FindExternalAsync("t1", Call.ExternalId!))!.Stream);
    }

    [Fact]
    public async Task A_change_of_metadata_that_was_changed_meanwhile_is_refused()
    {
        await BeginAsync("a", Call);
        await Log.SaveMetadataAsync("a", Call with { Revision = 1 });
        var conflict = await Assert.ThrowsAsync<MetadataConflictException>(async () => await Log.SaveMetadataAsync("a", Call with { Revision = 1 }));
        Assert.Equal(2, conflict.ActualRevision);
        await Assert.ThrowsAsync<MetadataConflictException>(() => BeginAsync("b", Call with { ExternalId = "b", Revision = 1 }));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.SaveMetadataAsync("c", Call));
    }

    [Fact]
    public async Task Metadata_needs_no_owner()
    {
        var owned = await Log.AcquireAsync("a");
        await Log.AppendAsync("a", owned.Epoch, 0, Facts.Range(1, 1));
        await Log.SaveMetadataAsync("a", Call);
        await Log.AppendAsync("a", owned.Epoch, 1, Facts.Range(2, 2));
        AssertIs(Call, 1, await Log.FindAsync("a"));
    }

    [Fact]
    public async Task Erasing_takes_the_metadata_too()
    {
        await BeginAsync("a", Call);
        await Log.EraseAsync("a");
        Assert.Same(StreamMetadata.None, (await Log.FindAsync("a"))!.Metadata);
        Assert.Null(await Log.FindExternalAsync(null, Call.ExternalId!));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.SaveMetadataAsync("a", Call));
        await BeginAsync("b", Call);
    }

    public static TheoryData<StreamMetadata> OutOfRange =>
    [
        new StreamMetadata { ExternalId = "" },
        new StreamMetadata { ExternalId = new string('x', StreamMetadata.MaxExternalIdLength + 1) },
        new StreamMetadata { Labels = ["a", "a"] },
        new StreamMetadata { Labels = [""] },
        new StreamMetadata { Labels = [new string('x', StreamMetadata.MaxLabelLength + 1)] },
        new StreamMetadata { Labels = [.. Enumerable.Range(0, StreamMetadata.MaxLabels + 1).Select(number => $"{number}")] },
        new StreamMetadata { Details = new byte[StreamMetadata.MaxDetailsBytes + 1] },
    ];

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public async Task Metadata_out_of_range_is_refused_and_changes_nothing(StreamMetadata metadata)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => BeginAsync("a", metadata));
        Assert.Null(await Log.FindAsync("a"));
    }

    [Fact]
    public async Task The_longest_metadata_is_kept()
    {
        var longest = new StreamMetadata
        {
            ExternalId = new string('é', StreamMetadata.MaxExternalIdLength),
            Labels = [.. Enumerable.Range(0, StreamMetadata.MaxLabels).Select(number => $"{number:D128}")],
            Details = new byte[StreamMetadata.MaxDetailsBytes],
        };
        await BeginAsync("a", longest);
        AssertIs(longest, 1, await Log.FindExternalAsync(null, longest.ExternalId));
    }

    private async Task BeginAsync(string stream, StreamMetadata metadata) =>
        await Log.AppendAsync(stream, 0, 0, Facts.Range(1, 1), new StreamChange { Metadata = metadata });

    private static void AssertIs(StreamMetadata expected, long revision, StreamHead? head)
    {
        var metadata = head!.Metadata;
        Assert.Equal((expected.ExternalId, revision), (metadata.ExternalId, metadata.Revision));
        Assert.Equal(expected.Labels.Order(StringComparer.Ordinal), metadata.Labels);
        Assert.Equal(expected.Details.ToArray(), metadata.Details.ToArray());
    }
}

public sealed class MemoryMetadataTests() : MetadataContract(isSqlite: false);

public sealed class SqliteMetadataTests() : MetadataContract(isSqlite: true);
