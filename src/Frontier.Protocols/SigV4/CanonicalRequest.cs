// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Protocols.SigV4;

/// <summary>Builds the canonical request of Signature Version 4 (<c>neighbours.md</c> §1.2).</summary>
public static class CanonicalRequest
{
    /// <summary>The canonical text, or null when a header named as signed is missing from the request.</summary>
    /// <param name="doubleEncodePath">True for every service but S3: the path as sent is encoded once more.</param>
    public static string? Build(SignableRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, bool doubleEncodePath)
    {
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n');
        text.Append(CanonicalPath(request.RawPath, doubleEncodePath)).Append('\n');
        text.Append(CanonicalQuery(request.RawQuery)).Append('\n');
        foreach (var name in signedHeaders)
        {
            if (request.CanonicalHeader(name) is not { } value)
            {
                return null;
            }

            text.Append(name).Append(':').Append(value).Append('\n');
        }

        text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash);
        return text.ToString();
    }

    /// <summary>The parameters in order, names and values decoded.</summary>
    public static IEnumerable<KeyValuePair<string, string>> SplitQuery(string rawQuery)
    {
        foreach (var (name, value) in SplitToBytes(rawQuery))
        {
            yield return new(Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(value));
        }
    }

    private static string CanonicalPath(string rawPath, bool doubleEncode)
    {
        var path = rawPath.Length == 0 ? "/" : rawPath;
        return doubleEncode
            ? AwsUriEncoding.Encode(path, keepSlash: true)
            : AwsUriEncoding.Encode(AwsUriEncoding.Decode(path), keepSlash: true);
    }

    private static string CanonicalQuery(string rawQuery)
    {
        var pairs = new List<(string Name, string Value)>();
        foreach (var (name, value) in SplitToBytes(rawQuery))
        {
            pairs.Add((AwsUriEncoding.Encode(name, keepSlash: false), AwsUriEncoding.Encode(value, keepSlash: false)));
        }

        // Only where the query carries the claim can it not cover its own signature; elsewhere the name is a parameter like any other.
        if (pairs.Exists(static pair => pair.Name == "X-Amz-Algorithm"))
        {
            pairs.RemoveAll(static pair => pair.Name == "X-Amz-Signature");
        }

        pairs.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name) is not 0 and var order ? order : string.CompareOrdinal(one.Value, other.Value));
        return string.Join('&', pairs.Select(static pair => $"{pair.Name}={pair.Value}"));
    }

    /// <summary>Bytes, not text: what is not UTF-8 must stay distinguishable, or two requests would share a signature.</summary>
    private static IEnumerable<(byte[] Name, byte[] Value)> SplitToBytes(string rawQuery)
    {
        foreach (var part in rawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            yield return (AwsUriEncoding.Decode(name, plusIsSpace: true), AwsUriEncoding.Decode(value, plusIsSpace: true));
        }
    }
}
