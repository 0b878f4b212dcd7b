namespace Parley.Cli;

/// <summary>Something only the user can mend. The message says what, and is all they see.</summary>
internal sealed class CommandException(string message, Exception? cause = null) : Exception(message, cause);
