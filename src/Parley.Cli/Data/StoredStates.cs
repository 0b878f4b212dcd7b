using Parley.Log;
using Parley.Protocol;

namespace Parley.Cli.Data;

/// <summary>The states of a conversation in a folder, where there is no server that could say whether it is live.</summary>
internal static class StoredStates
{
    public const string Open = "open";
    public const string Ended = StreamStates.Ended;
    public const string Erased = "erased";

    public static string NameOf(StreamState state) => state switch
    {
        StreamState.Open => Open,
        StreamState.Ended => Ended,
        _ => Erased,
    };
}
