// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;

namespace Frontier.Control.Domain.Zones;

/// <summary>The hosted zones that AWS itself names alias targets by (NB-5.3).</summary>
internal static class AliasZones
{
    /// <summary>Distributions, wherever they are.</summary>
    public const string Distributions = "Z2FDTNDATAQYW2";

    /// <summary>Websites of buckets by their region, as AWS publishes them.</summary>
    private static readonly FrozenDictionary<string, string> Websites = new Dictionary<string, string>
    {
        ["Z3AQBSTGFYJSTF"] = "us-east-1",
        ["Z2O1EMRO9K5GLX"] = "us-east-2",
        ["Z2F56UZL2M1ACD"] = "us-west-1",
        ["Z3BJ6K6RIION7M"] = "us-west-2",
        ["Z1QDHH18159H29"] = "ca-central-1",
        ["Z7KQH4QJS55SO"] = "sa-east-1",
        ["Z1BKCTXD74EZPE"] = "eu-west-1",
        ["Z3GKZC51ZF0DB4"] = "eu-west-2",
        ["Z3R1K369G5AVDG"] = "eu-west-3",
        ["Z21DNDUVLTQW6Q"] = "eu-central-1",
        ["Z3BAZG2TWCNX0D"] = "eu-north-1",
        ["Z11RGJOFQNVJUP"] = "ap-south-1",
        ["Z3O0J2DXBE1FTB"] = "ap-southeast-1",
        ["Z1WCIGYICN2BYD"] = "ap-southeast-2",
        ["Z2M4EHUR26P7ZW"] = "ap-northeast-1",
        ["Z3W03O7B5YMIYP"] = "ap-northeast-2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null for a zone that is none of websites.</summary>
    public static string? WebsiteRegion(string zoneId) => Websites.GetValueOrDefault(zoneId);

    /// <summary>Whether a name is that of the websites of a region, in either form.</summary>
    public static bool IsWebsiteName(string name, string region) => name == $"s3-website-{region}.amazonaws.com." || name == $"s3-website.{region}.amazonaws.com.";
}
