// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Matching;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Models;

/// <summary>§2: which distribution a Host selects.</summary>
public sealed class RoutingTableTests
{
    [Theory]
    [InlineData("d1.frontier.localhost")]
    [InlineData("D1.Frontier.LOCALHOST")]
    [InlineData("d1.frontier.localhost:8480")]
    [InlineData("d1.frontier.localhost.")]
    [InlineData("d1.frontier.localhost.:443")]
    public void A_distribution_is_found_by_its_own_name_without_case_port_and_trailing_dot_DP_2_1(string host) =>
        Assert.Equal("E1", Find(Table(Named("E1", "d1.frontier.localhost")), host));

    [Theory]
    [InlineData("www.example.com", true)]
    [InlineData("a.b.example.com", true)]
    [InlineData("a.b.c.d.example.com", true)]
    [InlineData("example.com", false)]
    [InlineData(".example.com", false)]
    [InlineData("wwwexample.com", false)]
    [InlineData("www.example.com.evil.org", false)]
    [InlineData("www.example.org", false)]
    public void A_wildcard_alias_matches_any_number_of_labels_but_not_the_bare_domain_DP_2_2(string host, bool found) =>
        Assert.Equal(found ? "E1" : null, Find(Table(Named("E1", "d1.frontier.localhost", "*.example.com")), host));

    [Theory]
    [InlineData("x.example.com", "wide")]
    [InlineData("x.y.example.com", "wide")]
    [InlineData("x.shop.example.com", "narrow")]
    [InlineData("a.b.shop.example.com", "narrow")]
    [InlineData("shop.example.com", "wide")]
    [InlineData("www.shop.example.com", "exact")]
    [InlineData("a.www.shop.example.com", "narrow")]
    public void The_most_specific_alias_wins_across_distributions_DP_2_3(string host, string distribution)
    {
        DistributionConfig[] configs =
        [
            Named("wide", "d1.frontier.localhost", "*.example.com"), Named("exact", "d2.frontier.localhost", "www.shop.example.com"),
            Named("narrow", "d3.frontier.localhost", "*.shop.example.com"),
        ];

        Assert.Equal(distribution, Find(Table(configs), host));
        Assert.Equal(distribution, Find(Table([.. configs.Reverse()]), host));
    }

    [Fact]
    public void A_disabled_distribution_still_captures_its_alias_DP_2_4()
    {
        var table = Table(Named("wide", "d1.frontier.localhost", "*.example.com"), Named("off", "d2.frontier.localhost", "www.example.com") with { Enabled = false });

        Assert.True(table.TryFind("www.example.com", out var distribution));
        Assert.Equal("off", distribution.Id);
        Assert.False(distribution.Enabled);
    }

    [Fact]
    public void A_name_of_nobody_finds_nothing_DP_2_5()
    {
        Assert.Null(Find(Table(Named("E1", "d1.frontier.localhost", "www.example.com")), "other.example.com"));
        Assert.False(RoutingTable.Empty.TryFind("d1.frontier.localhost", out _));
    }

    [Fact]
    public void A_table_knows_its_version_and_how_many_distributions_it_holds()
    {
        var table = Table(Named("E1", "d1.frontier.localhost", "a.example", "*.b.example"), Named("E2", "d2.frontier.localhost"));

        Assert.Equal(7, table.Version);
        Assert.Equal(2, table.Distributions);
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        var table = Table(Named("E1", "d1.frontier.localhost", "*.example.com"));
        var found = table.TryFind("a.b.c.example.com", out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            found &= table.TryFind("a.b.c.example.com", out _) && !table.TryFind("a.b.c.example.org", out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(found);
    }

    private static DistributionConfig Named(string id, string domain, params string[] aliases) =>
        Sample.DistributionConfig with { Id = id, DomainName = domain, Aliases = [.. aliases] };

    private static RoutingTable Table(params DistributionConfig[] distributions)
    {
        var result = SnapshotCompiler.Compile(Sample.Snapshot(distributions));
        Assert.True(result.Succeeded, string.Join('\n', result.Faults));
        return result.Table;
    }

    private static string? Find(RoutingTable table, string host)
    {
        Span<char> name = stackalloc char[HostName.MaxLength];
        return HostName.TryNormalize(host, name, out var length) && table.TryFind(name[..length], out var distribution) ? distribution.Id : null;
    }
}
