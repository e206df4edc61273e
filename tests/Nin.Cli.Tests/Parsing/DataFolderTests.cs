using Nin.Cli.Parsing;

namespace Nin.Cli.Tests.Parsing;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_may_not_be_listed_is_left_to_those_who_read_it()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("every folder may be listed here");
            return;
        }
        Directory.CreateDirectory(_folder["photos"], UnixFileMode.None);
        var isOfficial = DataFolder.HoldsOfficialFiles(_folder["photos"]);
        File.SetUnixFileMode(_folder["photos"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.False(isOfficial);
    }
}
