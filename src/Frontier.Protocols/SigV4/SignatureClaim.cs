// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Protocols.SigV4;

/// <summary>What a request says of its own signature, in its Authorization header or in its query (presigned). Nothing is verified yet.</summary>
public sealed record SignatureClaim(
    string AccessKeyId, CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature, string Timestamp, DateTimeOffset SignedAt, TimeSpan? ValidFor)
{
    /// <summary>The form of <c>X-Amz-Date</c>.</summary>
    public const string TimestampForm = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>A presigned URL may be valid for at most a week (<c>neighbours.md</c> §1.2).</summary>
    public static readonly TimeSpan LongestPresigned = TimeSpan.FromSeconds(604_800);

    public bool IsPresigned => ValidFor is not null;

    /// <summary>Whether it is a claim of <see cref="AsymmetricKey.Algorithm"/>; its scope has no region then.</summary>
    public bool IsAsymmetric { get; init; }

    /// <summary>False with a reason when the request carries a claim that cannot be read; false without one when it carries none.</summary>
    /// <param name="allowAsymmetric">Whether a header may claim an asymmetric signature; one in a query is never read.</param>
    public static bool TryRead(SignableRequest request, out SignatureClaim? claim, out string? fault, bool allowAsymmetric = false)
    {
        claim = null;
        if (request.Header("Authorization") is { } authorization)
        {
            return TryReadHeader(request, authorization, allowAsymmetric, out claim, out fault);
        }

        if (request.QueryParameter("X-Amz-Algorithm") is { } algorithm)
        {
            return TryReadQuery(request, algorithm, out claim, out fault);
        }

        fault = null;
        return false;
    }

    private static bool TryReadHeader(SignableRequest request, string authorization, bool allowAsymmetric, out SignatureClaim? claim, out string? fault)
    {
        claim = null;
        var asymmetric = allowAsymmetric && authorization.StartsWith(AsymmetricKey.Algorithm + " ", StringComparison.Ordinal);
        if (!asymmetric && !authorization.StartsWith(CredentialScope.Algorithm + " ", StringComparison.Ordinal))
        {
            fault = $"The authorization mechanism is not {CredentialScope.Algorithm}.";
            return false;
        }

        string? credential = null, signedHeaders = null, signature = null;
        foreach (var part in authorization[authorization.IndexOf(' ', StringComparison.Ordinal)..].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            switch (equals < 0 ? part : part[..equals])
            {
                case "Credential": credential = part[(equals + 1)..]; break;
                case "SignedHeaders": signedHeaders = part[(equals + 1)..]; break;
                case "Signature": signature = part[(equals + 1)..]; break;
            }
        }

        var timestamp = request.Header("X-Amz-Date");
        if (timestamp is null && request.Header("Date") is { } date && Http.HttpDate.TryParse(date, out var parsed))
        {
            timestamp = parsed.ToString(TimestampForm, CultureInfo.InvariantCulture);
        }

        return TryCompose(credential, asymmetric, signedHeaders, signature, timestamp, null, out claim, out fault);
    }

    private static bool TryReadQuery(SignableRequest request, string algorithm, out SignatureClaim? claim, out string? fault)
    {
        claim = null;
        if (algorithm != CredentialScope.Algorithm)
        {
            fault = $"X-Amz-Algorithm only supports \"{CredentialScope.Algorithm}\".";
            return false;
        }

        if (!long.TryParse(request.QueryParameter("X-Amz-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds < 1 || seconds > (long)LongestPresigned.TotalSeconds)
        {
            fault = "X-Amz-Expires must be between 1 and 604800 seconds.";
            return false;
        }

        return TryCompose(
            request.QueryParameter("X-Amz-Credential"), false, request.QueryParameter("X-Amz-SignedHeaders"), request.QueryParameter("X-Amz-Signature"),
            request.QueryParameter("X-Amz-Date"), TimeSpan.FromSeconds(seconds), out claim, out fault);
    }

    private static bool TryCompose(
        string? credential, bool asymmetric, string? signedHeaders, string? signature, string? timestamp, TimeSpan? validFor, out SignatureClaim? claim, out string? fault)
    {
        claim = null;
        if (credential is null || signedHeaders is null || signature is null || timestamp is null)
        {
            fault = "Credential, SignedHeaders, Signature and a date are all required.";
            return false;
        }

        // The key id itself may hold slashes; the scope is always the last four parts, of an asymmetric signature the last three.
        var parts = credential.Split('/');
        var scopeParts = asymmetric ? 3 : 4;
        if (parts.Length <= scopeParts || parts[^1] != "aws4_request")
        {
            fault = $"The Credential is malformed; expecting \"<key id>/YYYYMMDD/{(asymmetric ? "" : "REGION/")}SERVICE/aws4_request\".";
            return false;
        }

        if (!DateTimeOffset.TryParseExact(timestamp, TimestampForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var signedAt)
            || timestamp[..8] != parts[^scopeParts])
        {
            fault = "The date of the signature is malformed or differs from its credential scope.";
            return false;
        }

        fault = null;
        claim = new SignatureClaim(
            string.Join('/', parts[..^scopeParts]), new CredentialScope(parts[^scopeParts], asymmetric ? "" : parts[^3], parts[^2]),
            signedHeaders.Split(';'), signature, timestamp, signedAt, validFor)
        {
            IsAsymmetric = asymmetric,
        };
        return true;
    }
}
