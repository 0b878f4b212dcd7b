namespace Parley.Client;

/// <summary>How a connection asks for its session.</summary>
internal enum Greeting
{
    /// <summary>Begins the conversation.</summary>
    Start,

    /// <summary>Resumes the conversation.</summary>
    Resume,

    /// <summary>Resumes the conversation, or starts it if there is none of that name.</summary>
    ResumeOrStart,
}
