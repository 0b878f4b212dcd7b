namespace Parley.AspNetCore.Security;

/// <summary>A token cannot be checked, because the issuer's keys could not be read yet. This says nothing about the token.</summary>
internal sealed class IssuerUnavailableException(Exception cause) : Exception("The issuer's keys cannot be read.", cause);
