// SPDX-License-Identifier: Apache-2.0

using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>The file with the key that secrets in the store are encrypted with is its owner's alone.</summary>
public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void A_key_that_is_made_can_be_read_by_its_owner_alone_and_stays_the_same()
    {
        var key = KeyFile.Open(_data["key-file"]);

        Assert.Equal(32, key.Length);
        Assert.Equal(OwnersAlone, File.GetUnixFileMode(_data["key-file"]));
        Assert.Equal(key, KeyFile.Open(_data["key-file"]));
        Assert.Equal([_data["key-file"]], Directory.GetFiles(_data.Path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void A_file_that_is_open_to_others_is_refused_with_what_to_do(UnixFileMode others)
    {
        KeyFile.Open(_data["key-file"]);
        File.SetUnixFileMode(_data["key-file"], OwnersAlone | others);

        var refused = Assert.Throws<StartException>(() => KeyFile.Open(_data["key-file"]));
        Assert.Equal($"The key file {_data["key-file"]} is open to others than its owner. Run: chmod 600 {_data["key-file"]}", refused.Message);

        File.SetUnixFileMode(_data["key-file"], OwnersAlone);
        KeyFile.Open(_data["key-file"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef")]
    [InlineData("zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void A_file_that_holds_no_key_is_refused_and_left_as_it_is(string text)
    {
        File.WriteAllText(_data["key-file"], text);
        File.SetUnixFileMode(_data["key-file"], OwnersAlone);

        Assert.Contains("is damaged", Assert.Throws<StartException>(() => KeyFile.Open(_data["key-file"])).Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(_data["key-file"]));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_named_and_not_made()
    {
        var refused = Assert.Throws<StartException>(() => KeyFile.Open(_data["etc/key-file"]));

        Assert.StartsWith($"The key file {_data["etc/key-file"]} cannot be made: there is no directory {_data["etc"]}.", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data["etc"]));
    }

    [Fact]
    public async Task A_node_does_not_start_on_a_file_that_is_open_to_others()
    {
        KeyFile.Open(_data["key-file"]);
        File.SetUnixFileMode(_data["key-file"], OwnersAlone | UnixFileMode.OtherRead);

        var refused = await FrontierProcess.RunUpAsync(_data["data"], "--key-file", _data["key-file"]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"Run: chmod 600 {_data["key-file"]}", refused.Error, StringComparison.Ordinal);
    }
}
