// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Keys;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>Distribution and DistributionSummary (<c>api.md</c> §9, output-only members).</summary>
internal static class DistributionDocument
{
    /// <param name="keyGroups">Those of the account; empty for a distribution without signers.</param>
    public static XElement Write(Distribution distribution, string accountId, int invalidationsInProgress, IReadOnlyList<Resource<KeyGroupSettings>> keyGroups) => Element(
        "Distribution",
        Element("Id", distribution.Id),
        Element("ARN", Arn.OfDistribution(accountId, distribution.Id)),
        Element("Status", distribution.Status),
        Time("LastModifiedTime", distribution.ModifiedAt),
        Element("InProgressInvalidationBatches", invalidationsInProgress),
        Element("DomainName", distribution.DomainName),
        ActiveSignersDocument.WriteSigners(distribution, keyGroups),
        ActiveSignersDocument.WriteKeyGroups(distribution, keyGroups),
        DistributionWriter.Write(distribution.Settings),
        AliasRecordals(distribution));

    public static XElement WriteSummary(Distribution distribution, string accountId) => Element(
        "DistributionSummary",
        Element("Id", distribution.Id),
        Element("ARN", Arn.OfDistribution(accountId, distribution.Id)),
        Element("ETag", distribution.ETag),
        Element("Status", distribution.Status),
        Time("LastModifiedTime", distribution.ModifiedAt),
        Element("DomainName", distribution.DomainName),
        DistributionWriter.WriteSummary(distribution.Settings),
        AliasRecordals(distribution));

    /// <summary>Nobody registers names with anybody here: every alias stands as approved.</summary>
    private static XElement? AliasRecordals(Distribution distribution) => distribution.Settings.Aliases.IsEmpty ? null : Element(
        "AliasICPRecordals",
        distribution.Settings.Aliases.Select(static alias => Element("AliasICPRecordal", Element("CNAME", alias), Element("ICPRecordalStatus", "APPROVED"))));
}
