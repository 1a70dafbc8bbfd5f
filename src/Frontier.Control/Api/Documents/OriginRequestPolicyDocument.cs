// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Policies;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>OriginRequestPolicyConfig (<c>api.md</c> §9.1).</summary>
internal static class OriginRequestPolicyDocument
{
    public static OriginRequestPolicySettings Read(ElementReader root)
    {
        var (headers, names) = SelectionDocument.Headers.ReadForwarded(root);
        return new OriginRequestPolicySettings
        {
            Name = root.RequiredText("Name"),
            Comment = root.Text("Comment") ?? "",
            Headers = headers,
            HeaderNames = names,
            Cookies = SelectionDocument.Cookies.Read(root, Vocabulary.Selection),
            QueryStrings = SelectionDocument.QueryStrings.Read(root, Vocabulary.Selection),
        };
    }

    public static XElement Write(OriginRequestPolicySettings policy) => Element(
        "OriginRequestPolicyConfig",
        Element("Comment", policy.Comment),
        Element("Name", policy.Name),
        SelectionDocument.Headers.WriteForwarded(policy.Headers, policy.HeaderNames),
        SelectionDocument.Cookies.Write(policy.Cookies),
        SelectionDocument.QueryStrings.Write(policy.QueryStrings));
}
