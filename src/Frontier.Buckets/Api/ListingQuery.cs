// SPDX-License-Identifier: Apache-2.0

using System.Xml;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Api;

/// <summary>What all listings take in common, and how their names are written.</summary>
internal sealed record ListingQuery(string Prefix, string? Delimiter, bool IsUrlEncoded)
{
    public static ListingQuery Read(S3Exchange exchange) => new(
        exchange.Query("prefix") ?? "", exchange.Query("delimiter") is { Length: > 0 } delimiter ? delimiter : null, exchange.Query("encoding-type") == "url");

    /// <summary>Names may hold what XML cannot; a client that asks gets them percent-encoded.</summary>
    public string Encode(string name) => IsUrlEncoded ? AwsUriEncoding.Encode(name, keepSlash: true) : name;

    /// <summary>Repeats the request's parameters, as every listing does.</summary>
    public void WriteEcho(XmlWriter writer)
    {
        writer.Element("Prefix", Encode(Prefix));
        writer.Element("Delimiter", Delimiter is null ? null : Encode(Delimiter));
        writer.Element("EncodingType", IsUrlEncoded ? "url" : null);
    }
}
