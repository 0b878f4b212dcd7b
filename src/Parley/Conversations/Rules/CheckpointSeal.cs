using System.Security.Cryptography;

namespace Parley.Conversations.Rules;

/// <summary>A checksum before the bytes of a checkpoint, so that a damaged one is noticed and made again from the facts.</summary>
internal static class CheckpointSeal
{
    private const int Length = 8;

    /// <summary>Returns the state with its checksum before it.</summary>
    public static byte[] Close(ReadOnlySpan<byte> state)
    {
        var closed = new byte[Length + state.Length];
        state.CopyTo(closed.AsSpan(Length));
        Sum(state).CopyTo(closed, 0);
        return closed;
    }

    /// <summary>Takes the checksum off. False where it is not that of the state.</summary>
    public static bool TryOpen(ReadOnlyMemory<byte> closed, out ReadOnlyMemory<byte> state)
    {
        state = closed.Length < Length ? default : closed[Length..];
        return closed.Length >= Length && closed.Span[..Length].SequenceEqual(Sum(state.Span));
    }

    // Against chance, not against an attacker: who can write to the log can write facts.
    private static byte[] Sum(ReadOnlySpan<byte> state) => SHA256.HashData(state)[..Length];
}
