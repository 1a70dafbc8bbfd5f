// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Control.Planning;

/// <summary>Everything a behavior comes to, named and in words, policies and origin resolved: what may differ between two of them. Pure.</summary>
internal static class BehaviorSettings
{
    public static IEnumerable<(string Name, string Text)> Of(BehaviorConfig config, BehaviorModel model)
    {
        var (key, beyond) = (model.CachePolicy, model.OriginRequestPolicy);
        yield return ("origin", Of(model.Origin.Config) + (model.Failover is { } failover ? $", then {Of(failover.Secondary.Config)} on {string.Join(", ", failover.Statuses.Order())}" : ""));
        yield return ("viewer protocol", model.ViewerProtocol switch
        {
            ViewerProtocol.AllowAll => "allow-all",
            ViewerProtocol.HttpsOnly => "https-only",
            ViewerProtocol.RedirectToHttps => "redirect-to-https",
        });
        yield return ("allowed methods", string.Join(", ", config.AllowedMethods.Order(StringComparer.Ordinal)));
        yield return ("cached methods", string.Join(", ", config.CachedMethods.Order(StringComparer.Ordinal)));
        yield return ("cache policy", NameOf(key.Name, key.Id));
        yield return ("headers in the key", Of(key.Headers));
        yield return ("cookies in the key", Of(key.Cookies));
        yield return ("query strings in the key", Of(key.QueryStrings));
        yield return ("encodings in the key", (key.Gzip, key.Brotli) switch { (true, true) => "gzip, br", (true, false) => "gzip", (false, true) => "br", (false, false) => "none" });
        yield return ("MinTTL", Of(key.MinTtl));
        yield return ("DefaultTTL", Of(key.DefaultTtl));
        yield return ("MaxTTL", Of(key.MaxTtl));
        yield return ("origin request policy", beyond.Id.Length == 0 ? "none" : NameOf(beyond.Name, beyond.Id));
        yield return ("headers sent beyond the key", beyond.Headers switch
        {
            OriginRequestHeaders.None => "none",
            OriginRequestHeaders.Whitelist => Of(beyond.HeaderNames),
            OriginRequestHeaders.AllViewer => "all",
            OriginRequestHeaders.AllViewerAndWhitelistCloudFront => $"all, and {Of(beyond.HeaderNames)}",
            OriginRequestHeaders.AllExcept => $"all except {Of(beyond.HeaderNames)}",
            OriginRequestHeaders.LegacyDefault => "those of legacy settings",
        });
        yield return ("cookies sent beyond the key", Of(beyond.Cookies));
        yield return ("query strings sent beyond the key", Of(beyond.QueryStrings));
        yield return ("response headers policy", model.ResponseHeadersPolicy is { } response ? NameOf(response.Name, response.Id) : "none");
        yield return ("compression", model.Compress ? "on" : "off");
        yield return ("gRPC", model.Grpc ? "on" : "off");
        yield return ("field-level encryption", config.FieldEncryptionId ?? "none");
    }

    /// <summary>The settings that differ.</summary>
    public static ImmutableArray<PlannedSetting> Differences(IEnumerable<(string Name, string Text)> before, IEnumerable<(string Name, string Text)> after)
    {
        var (old, now) = (before.ToList(), after.ToList());
        return
        [
            .. now.Where(setting => !old.Contains(setting)).Select(setting => new PlannedSetting(setting.Name, old.Find(was => was.Name == setting.Name).Text, setting.Text)),
            .. old.Where(setting => !now.Exists(next => next.Name == setting.Name)).Select(static setting => new PlannedSetting(setting.Name, setting.Text, null)),
        ];
    }

    private static string Of(OriginConfig origin)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{origin.Id} ({(origin.S3 is null ? ProtocolOf(origin) : "bucket")} {origin.DomainName}{origin.Path}");
        if ((origin.S3?.Signing ?? origin.Signing?.Behavior) is { } signing)
        {
            text.Append(signing switch
            {
                OriginSigningBehavior.Never => ", unsigned",
                OriginSigningBehavior.NoOverride => ", signed unless the viewer did",
                OriginSigningBehavior.Always => ", signed",
            });
        }

        if (origin.S3 is null && origin.Protocol is not OriginProtocol.HttpOnly)
        {
            text.Append(CultureInfo.InvariantCulture, $", {string.Join(' ', origin.TlsProtocols)}");
        }

        text.Append(CultureInfo.InvariantCulture, $", {origin.ConnectionAttempts} attempts of {origin.ConnectionTimeoutSeconds} s, reads {origin.ReadTimeoutSeconds} s");
        text.Append(CultureInfo.InvariantCulture, $", keep-alive {origin.KeepAliveTimeoutSeconds} s");
        if (origin.ResponseCompletionTimeoutSeconds is { } whole)
        {
            text.Append(CultureInfo.InvariantCulture, $", {whole} s in all");
        }

        if (origin.AddressFamily is not OriginAddressFamily.Ipv4)
        {
            text.Append(CultureInfo.InvariantCulture, $", {origin.AddressFamily.ToString().ToLowerInvariant()}");
        }

        foreach (var header in origin.CustomHeaders)
        {
            // Such values are often secrets, and plans are shown around; whether one changes must still be seen.
            var print = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(header.Value)))[..8];
            text.Append(CultureInfo.InvariantCulture, $", {header.Name}: (print {print})");
        }

        return text.Append(')').ToString();
    }

    private static string ProtocolOf(OriginConfig origin) => origin.Protocol switch
    {
        OriginProtocol.HttpOnly => string.Create(CultureInfo.InvariantCulture, $"http:{origin.HttpPort}"),
        OriginProtocol.HttpsOnly => string.Create(CultureInfo.InvariantCulture, $"https:{origin.HttpsPort}"),
        OriginProtocol.MatchViewer => string.Create(CultureInfo.InvariantCulture, $"http:{origin.HttpPort} or https:{origin.HttpsPort} as the viewer,"),
    };

    private static string Of(NameSelection selection)
    {
        var names = string.Join(", ", selection.Names.Select(Encoding.Latin1.GetString));
        return selection.Selection switch
        {
            Selection.None => "none",
            Selection.All => "all",
            Selection.AllExcept => $"all except {names}",
            Selection.Whitelist => names,
        };
    }

    private static string Of(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalSeconds} s");

    /// <summary>Policies made of legacy settings have ids that nobody gave.</summary>
    private static string NameOf(string name, string id) => id.Contains(':', StringComparison.Ordinal) ? "legacy ForwardedValues" : $"{name} ({id})";
}
