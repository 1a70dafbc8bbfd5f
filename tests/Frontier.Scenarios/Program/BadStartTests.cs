// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>A start that cannot succeed says why in sentences, ends with exit code 1 and leaves nothing behind.</summary>
public sealed class BadStartTests
{
    [Fact]
    public async Task A_taken_port_is_named_with_its_flag_and_the_data_directory_stays_usable()
    {
        using var data = new TemporaryDirectory();
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var taken = other.LocalEndPoint!.ToString()!;

        foreach (var flag in new[] { "--api", "--buckets", "--http", "--https", "--dns" })
        {
            var refused = await FrontierProcess.RunUpAsync(data.Path, flag, taken);

            AssertPlain(refused);
            Assert.Equal($"{flag} {taken} cannot be listened on: Address already in use. Choose another address with {flag}.", refused.Error.Trim());
        }

        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        Assert.Equal(0, await frontier.InterruptAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_for_UDP_alone_is_named_too()
    {
        using var data = new TemporaryDirectory();
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var refused = await FrontierProcess.RunUpAsync(data.Path, "--dns", other.LocalEndPoint!.ToString()!);

        AssertPlain(refused);
        Assert.Equal($"--dns {other.LocalEndPoint} cannot be listened on over UDP: Address already in use. Choose another address with --dns.", refused.Error.Trim());
    }

    [Fact]
    public async Task Every_taken_port_is_named_at_once()
    {
        using var data = new TemporaryDirectory();
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        var taken = other.LocalEndPoint!.ToString()!;

        var refused = await FrontierProcess.RunUpAsync(data.Path, "--api", taken, "--https", taken);

        AssertPlain(refused);
        Assert.Contains($"--api {taken}", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"--https {taken}", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--buckets", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_for_two_flags_is_refused()
    {
        using var data = new TemporaryDirectory();
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");

        var refused = await FrontierProcess.RunUpAsync(data.Path, "--http", address, "--https", address);

        AssertPlain(refused);
        Assert.StartsWith($"--https {address} cannot be listened on", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_in_use_is_named()
    {
        using var data = new TemporaryDirectory();
        await using var first = await FrontierProcess.UpAsync(data.Path);

        var refused = await FrontierProcess.RunUpAsync(data.Path);

        AssertPlain(refused);
        Assert.Contains($"The data directory {data.Path} is in use by another frontier process.", refused.Error, StringComparison.Ordinal);
        using var client = Client.Of(first);
        (await client.ListDistributionsAsync()).Expect(200);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_named()
    {
        using var work = new TemporaryDirectory();
        await File.WriteAllTextAsync(work["file"], "");
        var impossible = Path.Combine(work["file"], "data");

        var refused = await FrontierProcess.RunUpAsync(impossible);

        AssertPlain(refused);
        Assert.Contains($"The data directory {impossible} cannot be made or written", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_bad_flags_are_named_at_once()
    {
        using var data = new TemporaryDirectory();

        var refused = await FrontierProcess.RunAsync(
            "up", "--data", data["never"], "--api", "nonsense", "--http", "1.2.3.4", "--domain", "Not_A_Name", "--access-key", "short:secret",
            "--s3-endpoint", "nowhere", "--cache-memory", "1", "--cache-disk", "much");

        AssertPlain(refused);
        var faults = refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["--access-key", "--api", "--cache-disk", "--cache-memory", "--domain", "--http", "--s3-endpoint"],
            faults.Select(static fault => fault.Split(' ', ':')[0]).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(data["never"]));
    }

    [Fact]
    public async Task An_unknown_flag_is_named()
    {
        var refused = await FrontierProcess.RunAsync("up", "--nonsense");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'--nonsense'", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("up", "--help")]
    public async Task Help_shows_examples(params string[] arguments)
    {
        var help = await FrontierProcess.RunAsync(arguments);

        Assert.Equal(0, help.ExitCode);
        Assert.Empty(help.Error);
        Assert.Contains("frontier up --sample", help.Output, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
    }

    private static void AssertPlain(CommandResult refused)
    {
        Assert.True(refused.ExitCode == 1, refused.Everything);
        Assert.Empty(refused.Output);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", refused.Error, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
