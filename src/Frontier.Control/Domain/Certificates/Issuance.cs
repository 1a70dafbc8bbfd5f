// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Certificates;

/// <summary>What was asked for by RequestCertificate (NB-6.5), and how far it has come. Of a certificate that was issued it says how it is renewed.</summary>
internal sealed record Issuance
{
    /// <summary>How long a certificate may wait for its first issue (NB-6.4), as at ACM.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    /// <summary>DNS names, lower case, each once, the certificate's first.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary><c>RSA_2048</c> or <c>EC_prime256v1</c>.</summary>
    public required string KeyAlgorithm { get; init; }

    /// <summary>Empty for none.</summary>
    public string IdempotencyToken { get; init; } = "";

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the certificate that there is was issued; null before.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>How often it was renewed.</summary>
    public int Renewals { get; init; }

    /// <summary>Why nothing more is tried for a certificate that was never issued; empty as long as something is.</summary>
    public string FailureReason { get; init; } = "";

    /// <summary>What went wrong last; empty where nothing has since the last success.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Of <see cref="Problem"/>.</summary>
    public DateTimeOffset? ProblemAt { get; init; }

    /// <summary>Orders in a row that came to nothing.</summary>
    public int Failures { get; init; }

    /// <summary>Calls in a row that were not answered, or put off.</summary>
    public int Outages { get; init; }

    /// <summary>Nothing is done before.</summary>
    public DateTimeOffset NextAt { get; init; }

    /// <summary>Whether somebody asked for a renewal before it is due.</summary>
    public bool IsRenewalAsked { get; init; }

    /// <summary>The order under way; null between two.</summary>
    public IssuanceOrder? Order { get; init; }

    /// <summary>Which process works on it; null for none.</summary>
    public IssuanceLease? Lease { get; init; }
}

/// <summary>An order at a certificate authority (RFC 8555, section 7.1.3).</summary>
/// <param name="SealedKey">The key that the certificate will have, encrypted for the certificate's id.</param>
/// <param name="IsAsked">Whether the authority was told to look.</param>
/// <param name="Polls">How often it was asked since how the order stands.</param>
internal sealed record IssuanceOrder(string Url, DateTimeOffset BegunAt, string SealedKey, ImmutableArray<OrderedName> Challenges, bool IsAsked = false, int Polls = 0);

/// <summary>A name that is to be shown to reach the edges.</summary>
/// <param name="Url">Where the authority is told to look.</param>
internal sealed record OrderedName(Contracts.ChallengeConfig Challenge, string Url);

/// <summary>Of several processes one at a time works on an order; another goes on when the lease has run out.</summary>
internal sealed record IssuanceLease(string Holder, DateTimeOffset Until);
