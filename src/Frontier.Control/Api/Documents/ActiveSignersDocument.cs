// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>Who signs for a distribution in fact, with the ids of the keys (<c>api.md</c> §9, output-only members).</summary>
internal static class ActiveSignersDocument
{
    public static XElement WriteSigners(Distribution distribution, IReadOnlyList<Resource<KeyGroupSettings>> keyGroups)
    {
        var accounts = distribution.Settings.AllBehaviors.Where(static behavior => behavior.TrustedSigners.Enabled)
            .SelectMany(static behavior => behavior.TrustedSigners.Items).Distinct().ToList();
        var keys = keyGroups.SelectMany(static group => group.Settings.PublicKeys).Distinct().ToList();
        return Element(
            "ActiveTrustedSigners",
            Flag("Enabled", accounts.Count > 0),
            Items(accounts, account => Element("Signer", Element("AwsAccountNumber", account), KeyPairIds(keys))));
    }

    public static XElement WriteKeyGroups(Distribution distribution, IReadOnlyList<Resource<KeyGroupSettings>> keyGroups)
    {
        var named = distribution.Settings.AllBehaviors.Where(static behavior => behavior.TrustedKeyGroups.Enabled)
            .SelectMany(static behavior => behavior.TrustedKeyGroups.Items).ToHashSet();
        var groups = keyGroups.Where(group => named.Contains(group.Id)).ToList();
        return Element(
            "ActiveTrustedKeyGroups",
            Flag("Enabled", groups.Count > 0),
            Items(groups, static group => Element("KeyGroup", Element("KeyGroupId", group.Id), KeyPairIds(group.Settings.PublicKeys))));
    }

    private static XElement KeyPairIds(IReadOnlyCollection<string> ids) => List("KeyPairIds", ids, "KeyPairId");
}
