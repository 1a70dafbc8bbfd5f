// SPDX-License-Identifier: Apache-2.0

using Frontier.Control;
using Frontier.Hosting;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>Quotas as an operator sets them.</summary>
public sealed class QuotaSettingsTests
{
    [Fact]
    public async Task Every_bad_quota_is_named_at_once_with_what_it_may_be()
    {
        using var data = new TemporaryDirectory();
        var refused = await FrontierProcess.RunUpAsync(
            data.Path, "--quota", "origin-per-distribution=9", "--quota", "functions=many", "--quota", "key-groups", "--quota", "tags-per-resource=-1", "--quota", "custom-header-value=20000",
            "--quota", "public-keys=1", "--quota", "public-keys=2", "--quota", "distributions=5", "--max-distributions", "6");

        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            [
                "--quota names \"origin-per-distribution\", which is no quota: the nearest are origins-per-distribution, aliases-per-distribution, origin-groups-per-distribution; docs/operations/quotas.md lists all.",
                "--quota functions is \"many\": give a number from 0 to 100000, such as functions=100.",
                "--quota key-groups is \"\": give a number from 0 to 100000, such as key-groups=10.",
                "--quota tags-per-resource is \"-1\": give a number from 0 to 100000, such as tags-per-resource=50.",
                "--quota custom-header-value is \"20000\": give a number from 0 to 16384, such as custom-header-value=1783.",
                "--quota public-keys is given more than once: give one number.",
                "--max-distributions and --quota distributions say the same: give one of them.",
            ],
            refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>From the flag, through the settings and the options, to the check that counts.</summary>
    [Fact]
    public async Task A_quota_that_is_set_holds()
    {
        using var data = new TemporaryDirectory();
        await using var node = await InProcess.StartAsync(data.Path, TimeProvider.System, ("quota", "origin-access-controls=1"));
        using var api = new SignedApi(node.AccessKeys[0], "cloudfront", new Uri($"http://{node.Control.Endpoint}"), TimeProvider.System);

        Assert.Equal(201, await CreateAsync(api, "one"));
        Assert.Equal(400, await CreateAsync(api, "two"));
    }

    [Fact]
    public void Each_name_sets_its_own_number_and_no_other()
    {
        foreach (var quota in QuotaTable.All)
        {
            var settings = Read(("quota", $"{quota.Name}=7"));
            Assert.Empty(settings.Faults);
            Assert.Equal(quota.With(new Quotas(), 7), settings.Quotas);
            Assert.Equal(7, quota.Of(settings.Quotas));
        }
    }

    [Fact]
    public void There_is_a_name_for_every_number()
    {
        var numbers = typeof(Quotas).GetProperties().Where(static property => property.PropertyType == typeof(int)).Select(static property => property.Name.ToUpperInvariant());
        Assert.Equal(numbers.Order(), QuotaTable.All.Select(static quota => quota.Name.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()).Order());
    }

    [Fact]
    public void More_distributions_may_have_more_certificates_unless_that_is_said_too()
    {
        Assert.Equal(new Quotas(), Read().Quotas);
        Assert.Equal((9_000, 9_000), Distributions(Read(("max-distributions", "9000"))));
        Assert.Equal((9_000, 9_000), Distributions(Read(("quota", "distributions=9000"))));
        Assert.Equal((9_000, 3), Distributions(Read(("quota", "certificates=3,distributions=9000"))));
    }

    private static (int Distributions, int Certificates) Distributions(UpSettings settings) => (settings.Quotas.Distributions, settings.Quotas.Certificates);

    private static async Task<int> CreateAsync(SignedApi api, string name) => (await api.SendAsync(HttpMethod.Post, "/2020-05-31/origin-access-control", System.Text.Encoding.UTF8.GetBytes($"""
        <OriginAccessControlConfig xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Name>{name}</Name><SigningProtocol>sigv4</SigningProtocol>
        <SigningBehavior>always</SigningBehavior><OriginAccessControlOriginType>s3</OriginAccessControlOriginType></OriginAccessControlConfig>
        """))).Status;

    private static UpSettings Read(params IReadOnlyList<(string Flag, string Value)> flags) =>
        UpSettings.Read(flags.ToDictionary(static flag => flag.Flag, static flag => (string?)flag.Value));
}
