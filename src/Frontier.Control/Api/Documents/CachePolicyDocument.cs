// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>CachePolicyConfig (<c>api.md</c> §9.1).</summary>
internal static class CachePolicyDocument
{
    public static CachePolicySettings Read(ElementReader root)
    {
        var minTtl = root.RequiredNumber("MinTTL");
        var defaultTtl = root.Number("DefaultTTL") ?? CachePolicySettings.UsualDefaultTtl(minTtl);
        var parameters = root.Child("ParametersInCacheKeyAndForwardedToOrigin");
        return new CachePolicySettings
        {
            Name = root.RequiredText("Name"),
            Comment = root.Text("Comment") ?? "",
            MinTtl = minTtl,
            DefaultTtl = defaultTtl,
            MaxTtl = root.Number("MaxTTL") ?? CachePolicySettings.UsualMaxTtl(defaultTtl),
            Gzip = parameters?.RequiredFlag("EnableAcceptEncodingGzip") ?? false,
            Brotli = parameters?.Flag("EnableAcceptEncodingBrotli") ?? false,
            Headers = parameters is null ? SelectionConfig.None : SelectionDocument.Headers.Read(parameters, Vocabulary.CachePolicyHeaders),
            Cookies = parameters is null ? SelectionConfig.None : SelectionDocument.Cookies.Read(parameters, Vocabulary.Selection),
            QueryStrings = parameters is null ? SelectionConfig.None : SelectionDocument.QueryStrings.Read(parameters, Vocabulary.Selection),
        };
    }

    public static XElement Write(CachePolicySettings policy) => Element(
        "CachePolicyConfig",
        Element("Comment", policy.Comment),
        Element("Name", policy.Name),
        Element("DefaultTTL", policy.DefaultTtl),
        Element("MaxTTL", policy.MaxTtl),
        Element("MinTTL", policy.MinTtl),
        Element(
            "ParametersInCacheKeyAndForwardedToOrigin",
            Flag("EnableAcceptEncodingGzip", policy.Gzip),
            Flag("EnableAcceptEncodingBrotli", policy.Brotli),
            SelectionDocument.Headers.Write(policy.Headers),
            SelectionDocument.Cookies.Write(policy.Cookies),
            SelectionDocument.QueryStrings.Write(policy.QueryStrings)));
}
