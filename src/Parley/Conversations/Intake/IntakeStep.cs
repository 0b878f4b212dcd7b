using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>An input that the loop has decided next.</summary>
/// <param name="Input">The input.</param>
/// <param name="Ticket">The ticket that the outcome belongs to.</param>
/// <param name="Batch">The batch that the input is part of; null if it is all that its ticket asks for.</param>
/// <param name="IsAnswer">Whether the outcome decides if the ticket is refused or a repeat.</param>
internal readonly record struct IntakeStep(ConversationInput Input, Ticket Ticket, IntakeBatch? Batch, bool IsAnswer);
