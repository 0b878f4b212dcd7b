using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>A place in a list of streams: by time, and at the same time by number.</summary>
internal readonly record struct StreamPlace(long At, long Number) : IComparable<StreamPlace>
{
    public int CompareTo(StreamPlace other) => At.CompareTo(other.At) is not 0 and var order ? order : Number.CompareTo(other.Number);
}

/// <summary>Reads where streams stand, within one look at the database.</summary>
internal sealed class HeadReader(SqliteReader reader)
{
    private const string Heads = """
        SELECT s.id, s.name, f.seq, f.event_id, s.started_at, s.ended_at, s.erased_at, s.epoch, s.due_at,
            s.external_id, s.details, s.revision, s.client
        FROM streams s LEFT JOIN facts f ON f.stream=s.id AND f.seq=(SELECT max(seq) FROM facts WHERE stream=s.id)
        """;

    // Of a stream whose last facts lie on a damaged page: it is there, and nobody knows how far it has come.
    private const string BareHeads = """
        SELECT s.id, s.name, 0, 0, s.started_at, s.ended_at, s.erased_at, s.epoch, s.due_at,
            s.external_id, s.details, s.revision, s.client
        FROM streams s
        """;

    public StreamHead? Find(string stream) => ReadOrBare(" WHERE s.name=$a", stream).SingleOrDefault();

    public StreamHead? FindExternal(string? tenant, string externalId) =>
        ReadOrBare(" WHERE s.tenant=$a AND s.external_id=$b", tenant ?? "", externalId).SingleOrDefault();

    public List<StreamHead> ListAfter(long number, int limit)
    {
        const string page = " WHERE s.id>$a ORDER BY s.id LIMIT $b";
        try
        {
            return Read(Heads + page, number, limit);
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            // One by one, so that a damaged stream does not take the others with it.
            return [.. Read(BareHeads + page, number, limit).SelectMany(head => ReadOrBare(" WHERE s.id=$a", head.Number))];
        }
    }

    public StreamPage List(StreamQuery query)
    {
        // One list for each state, each in the order of its index, so that no list is sorted.
        var places = query.States.SelectMany(state => Places(query, state));
        List<StreamPlace> found = [.. (query.NewestFirst ? places.OrderDescending() : places.Order()).Take(query.Limit + 1)];
        var hasMore = found.Count > query.Limit;
        List<StreamHead> heads = [.. found.Take(query.Limit)
            .SelectMany(place => ReadOrBare(" WHERE s.id=$a", place.Number))
            .Where(head => head.Stream.Length > 0)];
        // A page is empty only where the list ends: the next is asked for by the last stream of it.
        return heads.Count == 0 && hasMore ? List(query with { After = At(found[^2]) }) : new(heads, hasMore);
    }

    private static StreamHead At(StreamPlace place) => new("", 0, 0, new DateTimeOffset(place.At, TimeSpan.Zero), null, null)
    {
        Number = place.Number,
    };

    public List<(long Number, OpenStream Stream)> Open(long number, int limit)
    {
        using var rows = reader.Query(
            "SELECT id, name, client FROM streams WHERE ended_at IS NULL AND erased_at IS NULL AND id>$a ORDER BY id LIMIT $b",
            number,
            limit);
        var streams = new List<(long, OpenStream)>();
        while (rows.Read())
            streams.Add((rows.GetInt64(0), new(StoredValue.Name(rows, 1), StoredValue.Text(rows, 2))));
        return streams;
    }

    public List<(StreamPlace Place, string Stream)> Due(StreamPlace after, DateTimeOffset until, int limit) => Named(
        """
        SELECT due_at, id, name FROM streams
        WHERE due_at IS NOT NULL AND (due_at, id)>($a, $b) AND due_at<=$c ORDER BY due_at, id LIMIT $d
        """,
        after.At, after.Number, until.UtcTicks, limit);

    public List<(StreamPlace Place, string Stream)> Ended(StreamPlace after, DateTimeOffset before, int limit) => Named(
        """
        SELECT ended_at, id, name FROM streams
        WHERE ended_at IS NOT NULL AND erased_at IS NULL AND (ended_at, id)>($a, $b) AND ended_at<$c ORDER BY ended_at, id LIMIT $d
        """,
        after.At, after.Number, before.UtcTicks, limit);

    /// <summary>Looks at the last end and at the last fact of each open stream: both have an index.</summary>
    public DateTimeOffset? NewestFact()
    {
        try
        {
            return NewestTime("(SELECT f.at FROM facts f WHERE f.stream=s.id ORDER BY f.seq DESC LIMIT 1)");
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            // An earlier time makes retention more careful, and nothing else.
            return NewestTime("s.started_at");
        }
    }

    private DateTimeOffset? NewestTime(string ofOpenStream)
    {
        using var rows = reader.Query($"""
            SELECT max(at) FROM (
                SELECT max(ended_at) AS at FROM streams WHERE ended_at BETWEEN 0 AND $a AND erased_at IS NULL
                UNION ALL
                SELECT {ofOpenStream} FROM streams s WHERE s.ended_at IS NULL AND s.erased_at IS NULL)
            WHERE at BETWEEN 0 AND $a
            """,
            StoredValue.LastTime);
        rows.Read();
        return StoredValue.Time(rows, 0);
    }

    private List<StreamPlace> Places(StreamQuery query, StreamState state)
    {
        var (table, number) = query.Label is null ? ("streams", "id") : ("labels", "stream");
        var order = query.NewestFirst ? "DESC" : "ASC";
        var (low, high) = Bounds(query);
        List<object> values = [query.Tenant ?? "", (long)state, low.At, low.Number, high.At, high.Number, query.Limit + 1L];
        if (query.Label is { } label)
            values.Add(label);
        using var rows = reader.Query(
            $"""
            SELECT started_at, {number} FROM {table}
            WHERE tenant=$a AND state=$b AND (started_at, {number})>($c, $d) AND (started_at, {number})<($e, $f)
            {(query.Label is null ? "" : "AND label=$h")} ORDER BY started_at {order}, {number} {order} LIMIT $g
            """,
            [.. values]);
        var places = new List<StreamPlace>();
        while (rows.Read())
            places.Add(new(rows.GetInt64(0), rows.GetInt64(1)));
        return places;
    }

    // One bound on either side: of two on the same side SQLite seeks by one and walks to the other. Numbers begin at 1. A stream whose
    // beginning is no time has no place in a list, and could not be gone on from.
    private static (StreamPlace Low, StreamPlace High) Bounds(StreamQuery query)
    {
        var low = new StreamPlace(query.From?.UtcTicks ?? 0, 0);
        var high = query.To is { } to ? new StreamPlace(to.UtcTicks, 0) : new StreamPlace(StoredValue.LastTime + 1, 0);
        if (query.After is not { } head)
            return (low, high);
        var after = new StreamPlace(head.StartedAt.UtcTicks, head.Number);
        return query.NewestFirst
            ? (low, after.CompareTo(high) < 0 ? after : high)
            : (after.CompareTo(low) > 0 ? after : low, high);
    }

    private List<(StreamPlace Place, string Stream)> Named(string sql, params ReadOnlySpan<object> values)
    {
        using var rows = reader.Query(sql, values);
        var streams = new List<(StreamPlace, string)>();
        while (rows.Read())
            streams.Add((new(rows.GetInt64(0), rows.GetInt64(1)), StoredValue.Name(rows, 2)));
        return streams;
    }

    private List<StreamHead> ReadOrBare(string condition, params ReadOnlySpan<object> values)
    {
        try
        {
            return Read(Heads + condition, values);
        }
        catch (SqliteException fault) when (SqliteFaults.IsDamage(fault))
        {
            return Read(BareHeads + condition, values);
        }
    }

    private List<StreamHead> Read(string sql, params ReadOnlySpan<object> values)
    {
        using var rows = reader.Query(sql, values);
        var heads = new List<StreamHead>();
        while (rows.Read())
            heads.Add(Head(rows));
        // Labels are read behind the heads: one statement at a time.
        return heads.ConvertAll(head => head.Metadata.Revision == 0 ? head : head with { Metadata = WithLabels(head) });
    }

    private StreamMetadata WithLabels(StreamHead head)
    {
        using var rows = reader.Query("SELECT label FROM labels WHERE stream=$a ORDER BY label", head.Number);
        var labels = new List<string>();
        while (rows.Read())
            labels.Add(rows.GetString(0));
        return head.Metadata with { Labels = labels };
    }

    private static StreamHead Head(SqliteDataReader row) => new(
        StoredValue.Name(row, 1),
        StoredValue.Number(row, 2),
        StoredValue.Number(row, 3),
        StoredValue.Time(row, 4) ?? DateTimeOffset.MinValue,
        TimeOrFirst(row, 5),
        TimeOrFirst(row, 6))
    {
        Number = row.GetInt64(0),
        Epoch = StoredValue.Number(row, 7),
        DueAt = StoredValue.Time(row, 8),
        Client = StoredValue.Text(row, 12),
        Metadata = StoredValue.Number(row, 11) is var revision and > 0 ? MetadataOf(row, revision) : StreamMetadata.None,
    };

    // A stream whose end is no time has ended all the same. Reading it tells that its row is damaged.
    private static DateTimeOffset? TimeOrFirst(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : StoredValue.Time(row, column) ?? DateTimeOffset.MinValue;

    private static StreamMetadata MetadataOf(SqliteDataReader row, long revision) => new()
    {
        ExternalId = StoredValue.Text(row, 9),
        Details = row.IsDBNull(10) ? default : row.GetFieldValue<byte[]>(10),
        Revision = revision,
    };
}
