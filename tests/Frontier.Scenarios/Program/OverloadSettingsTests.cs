// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>The limits of an edge as its operator sets them.</summary>
public sealed class OverloadSettingsTests
{
    [Fact]
    public async Task Every_bad_limit_is_named_at_once_with_what_it_may_be()
    {
        using var data = new TemporaryDirectory();
        var refused = await FrontierProcess.RunUpAsync(
            data.Path, "--requests-per-address", "many", "--max-misses", "0", "--miss-wait", "61", "--exempt", "home", "--memory-limit", "1K", "--handshakes", "10", "--handshakes-per-address", "20");

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            [
                "--memory-limit is \"1K\": give a number of bytes with K, M, G or T, at least 64M.",
                "--exempt is \"home\": give a network such as 10.0.0.0/24 or 2001:db8::/64, or an address with /32 or /128.",
                "--requests-per-address is \"many\": give a number from 0 to 1000000000, 0 for no limit.",
                "--max-misses is \"0\": give a number from 1 to 1000000.",
                "--miss-wait is \"61\": give a number from 1 to 60.",
                "--handshakes-per-address is 20, more than the 10 of --handshakes: give one of them another number.",
            ],
            refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Parts_of_a_smaller_whole_are_smaller_unless_they_were_named()
    {
        var settings = Read(("max-connections", "100"), ("max-misses", "50"), ("max-misses-per-origin", "40"));
        Assert.Empty(settings.Faults);
        Assert.Equal((100, 50), (settings.Overload.MaxConnections, settings.Overload.ViewerLimits.ConnectionsPerAddress));
        Assert.Equal((50, 25, 40), (settings.Overload.Misses.MaxUnderWay, settings.Overload.Misses.MaxPerDistribution, settings.Overload.Misses.MaxPerOrigin));
    }

    [Fact]
    public void Nothing_said_is_the_default_and_nobody_exempt_has_to_be_said()
    {
        var plain = Read();
        Assert.Equal(new Http.Limits.ViewerLimits().RequestsPerAddress, plain.Overload.ViewerLimits.RequestsPerAddress);
        Assert.True(Protocols.Addresses.Networks.Contain(plain.Overload.ViewerLimits.Exempt, IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.Null(plain.Overload.MemoryLimitBytes);

        var said = Read(("exempt", "none"), ("memory-limit", "2G"), ("max-connections", "0"));
        Assert.Empty(said.Overload.ViewerLimits.Exempt);
        Assert.Equal(2L << 30, said.Overload.MemoryLimitBytes);
        Assert.Equal((0, 2_048), (said.Overload.MaxConnections, said.Overload.ViewerLimits.ConnectionsPerAddress));
    }

    [Fact]
    public void A_memory_limit_that_the_cache_alone_would_reach_is_refused()
    {
        Assert.Equal(
            ["--memory-limit is 1024M: nine tenths of it must hold the 900M of --cache-memory and 192M beside; give at least 1214M."],
            Read(("memory-limit", "1G"), ("cache-memory", "900M")).Faults);
        Assert.Empty(Read(("memory-limit", "1214M"), ("cache-memory", "900M")).Faults);
    }

    private static UpSettings Read(params IReadOnlyList<(string Flag, string Value)> flags) => UpSettings.Read(
        new Dictionary<string, string?>(flags.Select(static pair => KeyValuePair.Create<string, string?>(pair.Flag, pair.Value))) { ["data"] = Path.GetTempPath() });
}
