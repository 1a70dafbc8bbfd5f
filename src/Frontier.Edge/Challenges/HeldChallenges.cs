// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Net.Security;
using Frontier.Contracts;

namespace Frontier.Edge.Challenges;

/// <summary>
/// What this edge answers to certificate authorities (RFC 8555, section 8), as the feed told it last. The feed alone takes; anybody finds.
/// Thread-safe.
/// </summary>
internal sealed class HeldChallenges(TimeProvider time)
{
    private volatile Held _held = Held.None;

    /// <summary>Of the list that is held.</summary>
    public string Revision => _held.Revision;

    /// <summary>Mostly true: then nothing of a request is looked at.</summary>
    public bool IsEmpty => ReferenceEquals(_held, Held.None);

    public void Take(ChallengeList list) => _held = list.Challenges.IsEmpty ? Held.None : new Held(
        list.Revision,
        list.Challenges.Where(static challenge => challenge.Kind is ChallengeKind.Http01)
            .DistinctBy(static challenge => (challenge.Name, challenge.Token))
            .ToFrozenDictionary(static challenge => (challenge.Name, challenge.Token), static challenge => challenge.KeyAuthorization),
        list.Challenges.Where(static challenge => challenge.Kind is ChallengeKind.TlsAlpn01)
            .DistinctBy(static challenge => challenge.Name)
            .ToFrozenDictionary(static challenge => challenge.Name, challenge => new Lazy<SslStreamCertificateContext>(() => ChallengeCertificate.Make(challenge.Name, challenge.KeyAuthorization, time.GetUtcNow())), StringComparer.Ordinal));

    /// <summary>What a GET for this token is answered under this name; null where nobody is to be told anything.</summary>
    /// <param name="name">Lower case.</param>
    public string? FindHttp(string name, string token) => _held.ByToken.GetValueOrDefault((name, token));

    /// <summary>What a handshake for <c>acme-tls/1</c> is shown under this name; null where that protocol is not spoken.</summary>
    /// <param name="name">Lower case.</param>
    public SslStreamCertificateContext? FindTls(string name) => _held.ByName.GetValueOrDefault(name)?.Value;

    private sealed record Held(string Revision, FrozenDictionary<(string Name, string Token), string> ByToken, FrozenDictionary<string, Lazy<SslStreamCertificateContext>> ByName)
    {
        public static Held None { get; } = new(
            "", FrozenDictionary<(string Name, string Token), string>.Empty, FrozenDictionary<string, Lazy<SslStreamCertificateContext>>.Empty);
    }
}
