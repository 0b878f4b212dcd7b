using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.Conversations.Running;
using Parley.Storage;
using Parley.Telemetry;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Tells an operator which conversations cannot be read, once each, and keeps their names in the data folder: a conversation that goes on
/// from a checkpoint would take input again after a restart, until its damaged part is read again.
/// </summary>
internal sealed partial class UnreadableWatch(IOptions<ParleyOptions> options, ParleyTelemetry telemetry, ILogger<UnreadableWatch> log)
    : IConversationObserver
{
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly string? _path = options.Value.Data is { } folder ? Path.Combine(folder, "unreadable.json") : null;

    /// <summary>Returns the names that an earlier process kept. A file that cannot be read counts as none.</summary>
    public IReadOnlyList<string> Load()
    {
        try
        {
            return _path is not null && File.Exists(_path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(_path), UnreadableJson.Default.StringArray) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public void Unreadable(string streamId, string? problem)
    {
        lock (_lock)
        {
            if (!(problem is null ? _names.Remove(streamId) : _names.Add(streamId))) return;
            telemetry.UnreadableStreamsChanged(problem is null ? -1 : 1);
            Save();
        }

        if (problem is null) LogReadable(streamId);
        else LogUnreadable(streamId, problem);
    }

    // The mark counts without it, until the process ends.
    private void Save()
    {
        try
        {
            if (_path is null) return;
            PrivateFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes([.. _names], UnreadableJson.Default.StringArray));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(problem);
        }
    }

    [LoggerMessage(
        1023, LogLevel.Error, "{StreamId} cannot be read and takes nothing more: {Problem} parley doctor --repair saves what can be read",
        EventName = "StreamUnreadable")]
    private partial void LogUnreadable(string streamId, string problem);

    [LoggerMessage(1024, LogLevel.Information, "{StreamId} is no longer among those that cannot be read", EventName = "StreamReadable")]
    private partial void LogReadable(string streamId);

    [LoggerMessage(
        1025, LogLevel.Error, "The names of conversations that cannot be read could not be kept for the next start",
        EventName = "UnreadableNotSaved")]
    private partial void LogNotSaved(Exception problem);
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class UnreadableJson : JsonSerializerContext;
