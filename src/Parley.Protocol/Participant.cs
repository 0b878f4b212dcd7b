namespace Parley.Protocol;

/// <summary>Someone who takes part in a conversation, as the client knows them.</summary>
/// <param name="Name">The name, from 1 to <see cref="Names.MaxLength"/> characters.</param>
/// <param name="Id">The id that the client has for them, from 1 to <see cref="Names.MaxLength"/> characters; null for none.</param>
/// <param name="Role">
/// The role, such as <c>agent</c>, from 1 to <see cref="StreamDescription.MaxRoleLength"/> characters; null for none.
/// </param>
public sealed record Participant(string Name, string? Id = null, string? Role = null);
