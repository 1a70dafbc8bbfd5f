// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Protocols.SigV4;

/// <summary>An access key as its owner holds it.</summary>
public sealed record AccessKey(string Id, string Secret)
{
    /// <summary>Whether whoever holds it may look at everything and change nothing.</summary>
    public bool IsReadOnly { get; init; }
}

/// <summary>Signs requests with Signature Version 4, as the edge does for origins with origin access control (DP-13.9, DP-13.10).</summary>
public static class RequestSigner
{
    /// <summary>The fields to add to the request: date, payload hash, Authorization. Signs these, <c>host</c> and <paramref name="alsoSign"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Sign(
        SignableRequest request, AccessKey key, string region, string service, string payloadHash, DateTimeOffset now, params ReadOnlySpan<string> alsoSign)
    {
        var timestamp = now.UtcDateTime.ToString(SignatureClaim.TimestampForm, CultureInfo.InvariantCulture);
        var scope = new CredentialScope(timestamp[..8], region, service);
        List<KeyValuePair<string, string>> added = [new("x-amz-content-sha256", payloadHash), new("x-amz-date", timestamp)];
        var headers = request.Headers
            .Where(static header => !header.Key.Equals("x-amz-date", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("x-amz-content-sha256", StringComparison.OrdinalIgnoreCase))
            .Concat(added).ToList();
        SortedSet<string> names = new(StringComparer.Ordinal) { "host", "x-amz-content-sha256", "x-amz-date" };
        foreach (var name in alsoSign)
        {
            names.Add(name.ToLowerInvariant());
        }

        string[] signed = [.. names];

        var canonical = CanonicalRequest.Build(request with { Headers = headers }, signed, payloadHash, doubleEncodePath: service != "s3")
            ?? throw new ArgumentException("A header that is to be signed is missing from the request.", nameof(request));
        var signature = scope.Sign(scope.DeriveKey(key.Secret), timestamp, canonical);
        added.Add(new("Authorization", $"{CredentialScope.Algorithm} Credential={key.Id}/{scope}, SignedHeaders={string.Join(';', signed)}, Signature={signature}"));
        return added;
    }
}
