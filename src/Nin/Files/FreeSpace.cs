namespace Nin.Files;

/// <summary>The room that is left on a disk.</summary>
public static class FreeSpace
{
    /// <summary>Bytes that are free where a folder lies; null where the system does not say, as of network paths on Windows.</summary>
    public static long? Of(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
