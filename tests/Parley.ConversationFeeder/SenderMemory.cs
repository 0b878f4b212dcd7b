using System.Globalization;

namespace Parley.ConversationFeeder;

/// <summary>What senders know to have been acknowledged: they live on when the process that holds the conversations is killed.</summary>
internal sealed class SenderMemory(string path)
{
    private readonly Dictionary<(string Stream, string Source), long> _acknowledged = File.ReadLines(path).Select(line => line.Split(' '))
        .ToDictionary(parts => (parts[0], parts[1]), parts => long.Parse(parts[2], CultureInfo.InvariantCulture));

    public long Acknowledged(string stream, string source) => _acknowledged.GetValueOrDefault((stream, source));
}
