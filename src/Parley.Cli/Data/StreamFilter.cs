using System.CommandLine;
using System.Globalization;
using Parley.Log;

namespace Parley.Cli.Data;

/// <summary>Which kept conversations are listed: <c>--state</c>, <c>--label</c>, <c>--from</c> and <c>--to</c>.</summary>
internal sealed class StreamFilter
{
    public StreamFilter() => State.AcceptOnlyFromAmong(StoredStates.Open, StoredStates.Ended, StoredStates.Erased);

    public Option<string?> State { get; } = new("--state")
    {
        Description = "Only those in this state. Default: all.",
        HelpName = "open|ended|erased",
    };

    public Option<string?> Label { get; } = new("--label")
    {
        Description = "Only those with this label, whatever its value or with this one.",
        HelpName = "KEY[=VALUE]",
    };

    public Option<DateTimeOffset?> From { get; } = Time("--from", "Only those that began then or later; in UTC where no zone is given.");

    public Option<DateTimeOffset?> To { get; } = Time("--to", "Only those that began before.");

    /// <summary>Whether a conversation is listed.</summary>
    public Func<StreamHead, bool> Of(ParseResult result)
    {
        StreamState? state = result.GetValue(State) switch
        {
            StoredStates.Open => StreamState.Open,
            StoredStates.Ended => StreamState.Ended,
            StoredStates.Erased => StreamState.Erased,
            _ => null,
        };

        // As the log has it. No key has an equals sign in it.
        var label = result.GetValue(Label)?.Split('=', 2);
        var stored = label is null ? null : string.Join(':', label);
        var (from, to) = (result.GetValue(From), result.GetValue(To));
        return head => (state is null || head.State == state)
            && (stored is null || head.Metadata.Labels.Contains(stored))
            && (from is null || head.StartedAt >= from)
            && (to is null || head.StartedAt < to);
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var given = result.Tokens[0].Value;
            if (DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
            result.AddError($"{name} must be a date or a time such as 2026-01-31T09:00:00Z, not '{given}'.");
            return null;
        },
    };
}
