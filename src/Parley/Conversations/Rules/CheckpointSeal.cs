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

    /// <summary>Returns the state; null where the checksum is not that of the state.</summary>
    public static ReadOnlyMemory<byte>? Open(ReadOnlyMemory<byte> closed)
    {
        if (closed.Length < Length) return null;
        var state = closed[Length..];
        return closed.Span[..Length].SequenceEqual(Sum(state.Span)) ? state : null;
    }

    // Against chance, not against an attacker: who can write to the log can write facts.
    private static byte[] Sum(ReadOnlySpan<byte> state) => SHA256.HashData(state)[..Length];
}
