using Parley.Conversations.Rules;


namespace Parley.Cli.Data;

/// <summary>Settings in a file, to be laid over those that a conversation had.</summary>
internal sealed class SettingsFile
{
    private readonly string _path;
    private readonly byte[] _json;

    private SettingsFile(string path, byte[] json) => (_path, _json) = (path, json);

    public static SettingsFile Read(string path)
    {
        try
        {
            var file = new SettingsFile(path, File.ReadAllBytes(path));
            file.Over(new ConversationSettings());
            return file;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CommandException($"cannot read {path}: {problem.Message}", problem);
        }
    }

    /// <exception cref="CommandException">They are not settings.</exception>
    public ConversationSettings Over(ConversationSettings others)
    {
        try
        {
            return ConversationSettingsJson.Read(_json, others);
        }
        catch (SettingsFormatException problem)
        {
            throw new CommandException($"{_path}: {problem.Message}", problem);
        }
    }
}
