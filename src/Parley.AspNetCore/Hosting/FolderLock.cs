using Parley.Log;
using Parley.Storage;

namespace Parley.AspNetCore.Hosting;

/// <summary>
/// Says that a folder has a server, for as long as that lives, however it ends. Two on one folder would refuse each other's writes, and viewers of
/// one would not see what the other hears. Commands may read and write beside a server.
/// </summary>
internal static class FolderLock
{
    /// <exception cref="EventLogUnavailableException">Another server has the folder.</exception>
    public static IDisposable Take(string folder)
    {
        Create(folder);
        var file = Path.Combine(folder, "parley.lock");
        try
        {
            return PrivateFile.Open(file, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException problem) when (File.Exists(file))
        {
            throw new EventLogUnavailableException($"Another server has {folder}: stop it, or give this one a folder of its own.", isTransient: true, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, problem);
        }
    }

    private static void Create(string folder)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unusable(folder, problem);
        }
    }

    private static InvalidOperationException Unusable(string folder, Exception problem) => new(
        $"Parley:Data must be a folder that this user can make and write to; it is {folder}. {problem.Message}", problem);
}
