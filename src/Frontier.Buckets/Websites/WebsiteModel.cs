// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Xml.Linq;
using Frontier.Buckets.Api;

namespace Frontier.Buckets.Websites;

/// <summary>Where a rule sends the browser; null means as the request has it (NB-1.24).</summary>
internal sealed record WebsiteRedirect(string? HostName, string? Protocol, int Status, string? ReplaceKeyPrefixWith, string? ReplaceKeyWith);

/// <summary>A rule applies when every condition it has holds.</summary>
internal sealed record RoutingRule(string? KeyPrefixEquals, int? HttpErrorCode, WebsiteRedirect Redirect);

/// <summary>A bucket as a website (<c>neighbours.md</c> §1.3). Immutable.</summary>
internal sealed record WebsiteModel(string? IndexSuffix, string? ErrorKey, WebsiteRedirect? RedirectAll, IReadOnlyList<RoutingRule> Rules)
{
    private const int MaxRules = 50;

    public static bool TryParse(byte[] document, out WebsiteModel? model, out string? fault)
    {
        model = null;
        try
        {
            model = S3Xml.TryParse(document, "WebsiteConfiguration", out var root) ? Read(root) : null;
            fault = model is null ? S3Error.MalformedXml.Message : null;
        }
        catch (FormatException error)
        {
            fault = error.Message;
        }

        return model is not null;
    }

    private static WebsiteModel Read(XElement root)
    {
        var rules = root.Child("RoutingRules")?.Children("RoutingRule").Select(ReadRule).ToList() ?? [];
        if (root.Child("RedirectAllRequestsTo") is { } all)
        {
            Require(root.Elements().Count() == 1, "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.");
            Require(all.Text("HostName") is { Length: > 0 }, "The HostName of RedirectAllRequestsTo is required.");
            return new WebsiteModel(null, null, new WebsiteRedirect(all.Text("HostName"), ReadProtocol(all), 301, null, null), []);
        }

        var suffix = root.Child("IndexDocument")?.Text("Suffix");
        Require(suffix is { Length: > 0 } && !suffix.Contains('/', StringComparison.Ordinal), "The IndexDocument Suffix is not well formed");
        Require(rules.Count <= MaxRules, $"{rules.Count} routing rules provided, the number of routing rules in a website configuration is limited to {MaxRules}.");
        var errorKey = root.Child("ErrorDocument")?.Text("Key");
        Require(root.Child("ErrorDocument") is null || errorKey is { Length: > 0 and <= 1024 }, "The ErrorDocument Key is not well formed");
        return new WebsiteModel(suffix, errorKey, null, rules);
    }

    private static RoutingRule ReadRule(XElement rule)
    {
        var condition = rule.Child("Condition");
        var redirect = rule.Child("Redirect") ?? throw new FormatException("A routing rule must have a Redirect.");
        var errorText = condition?.Text("HttpErrorCodeReturnedEquals");
        Require(condition is null || condition.HasElements, "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.");
        Require(errorText is null || ReadStatus(errorText) is >= 400 and <= 599, "The provided HTTP error code is not valid. Valid codes are 4XX or 5XX.");
        Require(redirect.HasElements, "Redirect must have at least one element.");
        Require(redirect.Text("ReplaceKeyPrefixWith") is null || redirect.Text("ReplaceKeyWith") is null, "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
        var status = redirect.Text("HttpRedirectCode") is { } code ? ReadStatus(code) : 301;
        Require(status is >= 301 and <= 399 and not 304, "The provided HTTP redirect code is not valid. Valid codes are 3XX except 300.");
        return new RoutingRule(
            condition?.Text("KeyPrefixEquals"), errorText is null ? null : ReadStatus(errorText),
            new WebsiteRedirect(redirect.Text("HostName"), ReadProtocol(redirect), status, redirect.Text("ReplaceKeyPrefixWith"), redirect.Text("ReplaceKeyWith")));
    }

    private static string? ReadProtocol(XElement redirect)
    {
        var protocol = redirect.Text("Protocol");
        Require(protocol is null or "http" or "https", "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.");
        return protocol;
    }

    private static int ReadStatus(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new FormatException(message);
        }
    }
}
