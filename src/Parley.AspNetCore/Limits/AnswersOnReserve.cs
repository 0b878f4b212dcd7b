namespace Parley.AspNetCore.Limits;

/// <summary>Marks an endpoint that answers also where the server has no room for more connections: those about its health.</summary>
internal sealed class AnswersOnReserve;
