namespace Parley.AspNetCore;

/// <summary>What a server does about its model when it starts.</summary>
public enum ModelStartCheck
{
    /// <summary>Nothing: the first call shows whether the model works.</summary>
    Off,

    /// <summary>Asks it for a word, while the server is taking conversations, and logs a warning if that does not work.</summary>
    Warn,

    /// <summary>Asks it for a word before the server takes conversations, and does not start if that does not work.</summary>
    Require,
}
