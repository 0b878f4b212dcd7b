using System.Text.Json.Serialization;

namespace Parley.Conversations.Rules;

/// <summary>
/// The messages of a recogniser that a text came in: mostly one; more where its recogniser called it final more than once.
/// </summary>
/// <param name="Last">The sender's number of the last of them.</param>
/// <param name="First">The sender's number of the first of them.</param>
/// <param name="SilentBefore">How many messages directly before the first had no final text.</param>
public sealed record TextOrigin(
    long Last,
    long First,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long SilentBefore);
