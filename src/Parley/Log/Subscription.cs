using System.Diagnostics.CodeAnalysis;
using Parley.Protocol;

namespace Parley.Log;

/// <summary>
/// News of the log for one reader, which polls with <see cref="TryTake"/> and waits with <see cref="WaitAsync"/>, or has a callback of its own for that.
/// <see cref="SubscriptionReading.ReadAllAsync"/> makes an enumeration of it.
/// </summary>
/// <typeparam name="T">What the reader takes.</typeparam>
public abstract class Subscription<T> : IAsyncDisposable
{
    private readonly Signal? _arrival;
    private readonly Action _arrived;

    /// <param name="arrived">Called from any thread when there may be something to take; must return at once. Null if the reader waits.</param>
    private protected Subscription(Action? arrived)
    {
        _arrival = arrived is null ? new Signal() : null;
        _arrived = arrived ?? _arrival!.Setter;
    }

    /// <summary>Gets whether everything was taken and nothing more comes.</summary>
    public abstract bool HasEnded { get; }

    /// <summary>Takes what comes next; false where there is nothing for now, or nothing any more.</summary>
    public abstract bool TryTake([MaybeNullWhen(false)] out T next);

    /// <summary>Waits until there may be something to take. For one caller at a time.</summary>
    /// <exception cref="InvalidOperationException">The subscription was opened with a callback.</exception>
    public ValueTask WaitAsync() =>
        _arrival?.WaitAsync() ?? throw new InvalidOperationException("This subscription calls its reader, which need not wait.");

    /// <summary>Ends the subscription.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Has the reader look.</summary>
    internal void Wake() => _arrived();
}
