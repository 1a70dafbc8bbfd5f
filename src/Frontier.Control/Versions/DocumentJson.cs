// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Frontier.Control.Versions;

/// <summary>
/// A configuration document as the AWS CLI shows it: members by the names of its elements, <c>Quantity</c> and <c>Items</c>
/// included. Values of custom origin headers are masked: they are what origins know their CDN by. Pure.
/// </summary>
internal static class DocumentJson
{
    public const string Items = "Items";

    public const string Quantity = "Quantity";

    /// <summary>Stands in the place of a secret.</summary>
    public const string Mask = "(masked)";

    private static readonly FrozenSet<string> Flags = FrozenSet.Create(
        "Enabled", "IncludeCookies", "Compress", "SmoothStreaming", "Staging", "IsIPV6Enabled", "CloudFrontDefaultCertificate", "QueryString", "IncludeBody",
        "AdvertiseTrustStoreCaNames", "IgnoreCertificateExpiry", "Required");

    private static readonly FrozenSet<string> Numbers = FrozenSet.Create(
        Quantity, "HTTPPort", "HTTPSPort", "OriginReadTimeout", "OriginKeepaliveTimeout", "ConnectionAttempts", "ConnectionTimeout", "ResponseCompletionTimeout", "StatusCode",
        "ErrorCode", "ErrorCachingMinTTL", "MinTTL", "DefaultTTL", "MaxTTL");

    public static JsonNode Write(XElement element)
    {
        if (IsList(element))
        {
            return new JsonArray([.. element.Elements().Select(Write)]);
        }

        return element.HasElements
            ? new JsonObject(element.Elements().Select(static child => KeyValuePair.Create(child.Name.LocalName, (JsonNode?)Write(child))))
            : WriteValue(element);
    }

    /// <summary>Whether the element's children are the members of a list.</summary>
    public static bool IsList(XElement element) => element.Name.LocalName is Items or "ParameterDefinitions";

    /// <summary>Whether its value is not for everybody who may look at the configuration.</summary>
    public static bool IsSecret(XElement element) => element.Name.LocalName == "HeaderValue" && element.Parent?.Name.LocalName == "OriginCustomHeader";

    private static JsonNode WriteValue(XElement element) => element.Name.LocalName switch
    {
        _ when IsSecret(element) => Mask,
        var name when Flags.Contains(name) => element.Value == "true",
        var name when Numbers.Contains(name) => long.Parse(element.Value, CultureInfo.InvariantCulture),
        _ => element.Value,
    };
}
