// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Xml.Linq;
using Frontier.Buckets.Api;
using Frontier.Protocols.Names;

namespace Frontier.Buckets.Access;

/// <summary>One rule; patterns hold at most one <c>*</c> each.</summary>
internal sealed record CorsRule(
    IReadOnlyList<string> Origins, IReadOnlyList<string> Methods, IReadOnlyList<string> Headers, IReadOnlyList<string> ExposeHeaders, int? MaxAgeSeconds)
{
    public bool Matches(string origin, string method, IEnumerable<string> headers) =>
        Origins.Any(pattern => Like(pattern, origin)) && Methods.Contains(method)
        && headers.All(header => Headers.Any(pattern => Like(pattern.ToLowerInvariant(), header.ToLowerInvariant())));

    /// <summary>A question mark is no wildcard here and occurs in neither origins nor names, so it may stand for what never matches.</summary>
    private static bool Like(string pattern, string text) => Glob.Matches(pattern.Replace('?', '\0'), text);
}

/// <summary>A bucket's rules for requests of pages of other origins (<c>neighbours.md</c> §1.4). Immutable.</summary>
internal sealed record CorsModel(IReadOnlyList<CorsRule> Rules)
{
    private const int MaxRules = 100;

    public static bool TryParse(byte[] document, out CorsModel? model, out string? fault)
    {
        model = null;
        if (!S3Xml.TryParse(document, "CORSConfiguration", out var root))
        {
            fault = S3Error.MalformedXml.Message;
            return false;
        }

        var rules = root.Children("CORSRule").ToList();
        fault = rules.Count is 0 or > MaxRules ? S3Error.MalformedXml.Message : rules.Select(Fault).FirstOrDefault(static found => found is not null);
        if (fault is null)
        {
            model = new CorsModel([.. rules.Select(Read)]);
        }

        return fault is null;
    }

    /// <summary>The first rule that allows it.</summary>
    public CorsRule? Find(string origin, string method, IEnumerable<string> headers) => Rules.FirstOrDefault(rule => rule.Matches(origin, method, headers));

    private static string? Fault(XElement rule)
    {
        var origins = Texts(rule, "AllowedOrigin");
        var methods = Texts(rule, "AllowedMethod");
        if (origins.Length == 0 || methods.Length == 0 || (rule.Text("MaxAgeSeconds") is { } age && !int.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return S3Error.MalformedXml.Message;
        }

        if (methods.FirstOrDefault(static method => method is not ("GET" or "PUT" or "POST" or "DELETE" or "HEAD")) is { } unknown)
        {
            return $"Found unsupported HTTP method in CORS config. Unsupported method is {unknown}";
        }

        return origins.Concat(Texts(rule, "AllowedHeader")).FirstOrDefault(static pattern => pattern.Count('*') > 1) is { } starry
            ? $"\"{starry}\" can not have more than one wildcard."
            : null;
    }

    private static CorsRule Read(XElement rule) => new(
        Texts(rule, "AllowedOrigin"), Texts(rule, "AllowedMethod"), Texts(rule, "AllowedHeader"), Texts(rule, "ExposeHeader"),
        rule.Text("MaxAgeSeconds") is { } age ? int.Parse(age, CultureInfo.InvariantCulture) : null);

    private static string[] Texts(XElement rule, string name) => [.. rule.Children(name).Select(static element => element.Value.Trim())];
}
