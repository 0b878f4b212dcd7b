using System.Text.Json;
using Parley.Storage;

namespace Parley.AspNetCore.Hosting;

/// <summary>Keeps what retention has to know after a restart, in the data folder, or in memory for a server without one.</summary>
/// <param name="folder">The data folder; null for none.</param>
internal sealed class RetentionFile(string? folder)
{
    private readonly string? _path = folder is null ? null : Path.Combine(folder, "retention.json");
    private RetentionState _state = RetentionState.None;

    /// <summary>Returns what was saved last. A file that cannot be read counts as none: notice is given again.</summary>
    public RetentionState Load()
    {
        try
        {
            if (_path is not null && File.Exists(_path))
                _state = JsonSerializer.Deserialize(File.ReadAllBytes(_path), RetentionJson.Default.RetentionState) ?? RetentionState.None;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            _state = RetentionState.None;
        }

        return _state;
    }

    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Save(RetentionState state)
    {
        if (state.Hold == _state.Hold && state.Trusted == _state.Trusted && state.Marks.SequenceEqual(_state.Marks)) return;
        if (_path is not null) PrivateFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(state, RetentionJson.Default.RetentionState));
        _state = state;
    }
}
