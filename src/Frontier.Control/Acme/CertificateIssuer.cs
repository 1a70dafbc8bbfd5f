// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Credentials;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Store;

namespace Frontier.Control.Acme;

/// <summary>
/// The steps of an order at an authority (RFC 8555, section 7): begin it, have the authority look, look how it stands. Each makes a few calls
/// and says what is to be remembered; what was remembered is enough for any process to go on.
/// </summary>
internal sealed class CertificateIssuer(AcmeAccount account, AcmeClient client, SecretSeal seal, AcmeOptions options, TimeProvider time) : IDisposable
{
    /// <summary>RFC 8555, section 8.3: base64url without padding.</summary>
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private const int LongestToken = 256;

    private static readonly ReadOnlyMemory<byte> Fetch = ReadOnlyMemory<byte>.Empty;

    /// <summary>Null without an authority.</summary>
    public static CertificateIssuer? Create(IControlStore store, SecretSeal seal, AcmeOptions? options, TimeProvider time)
    {
        if (options is null)
        {
            return null;
        }

        var client = new AcmeClient(options, time);
        return new CertificateIssuer(new AcmeAccount(store, seal, client, options), client, seal, options, time);
    }

    public void Dispose()
    {
        account.Dispose();
        client.Dispose();
    }

    /// <summary>Makes an order, a key for it, and finds what is to be shown.</summary>
    public async Task<IssuanceStep> BeginAsync(string id, CertificateSettings settings, CancellationToken cancellationToken)
    {
        var issuance = settings.Issuance!;
        if ((await account.OpenAsync(cancellationToken)).Failed(out var fault, out var session) || (await client.DirectoryAsync(cancellationToken)).Failed(out fault, out var directory))
        {
            return Fail(settings, fault);
        }

        var wanted = new NewOrderDocument([.. issuance.Names.Select(static name => new AcmeIdentifierDocument("dns", name))]);
        var made = await client.CallAsync(
            session.Key, session.Address, directory.NewOrder!, JsonSerializer.SerializeToUtf8Bytes(wanted, AcmeJson.Default.NewOrderDocument), AcmeJson.Default.AcmeOrderDocument, cancellationToken);
        if (made.Failed(out fault, out var order))
        {
            return Fail(settings, fault);
        }

        if (made.Location is not { } address)
        {
            return Fail(settings, AcmeFault.OfOrder("The ACME server says not where the order is."));
        }

        var challenges = ImmutableArray.CreateBuilder<OrderedName>();
        foreach (var url in order.Authorizations ?? [])
        {
            if ((await client.CallAsync(session.Key, session.Address, url, Fetch, AcmeJson.Default.AcmeAuthorizationDocument, cancellationToken)).Failed(out fault, out var authorization))
            {
                return Fail(settings, fault);
            }

            if (FindChallenge(authorization, session.Key, out var ordered) is { } unfit)
            {
                return Fail(settings, unfit);
            }

            if (ordered is not null)
            {
                challenges.Add(ordered);
            }
        }

        var now = time.GetUtcNow();
        return new IssuanceStep(issuance with
        {
            Order = new IssuanceOrder(address, now, seal.Seal(id, SigningRequest.NewKey(issuance.KeyAlgorithm)), challenges.ToImmutable(), IsAsked: challenges.Count == 0),
            NextAt = now,
            Outages = 0,
        });
    }

    /// <summary>Has the authority look at every name; the edges must know what to answer.</summary>
    public async Task<IssuanceStep> AskAsync(CertificateSettings settings, CancellationToken cancellationToken)
    {
        var (issuance, order) = (settings.Issuance!, settings.Issuance!.Order!);
        if ((await account.OpenAsync(cancellationToken)).Failed(out var fault, out var session))
        {
            return Fail(settings, fault);
        }

        foreach (var challenge in order.Challenges)
        {
            // One that was asked for before is refused; how the order stands tells what became of it.
            var reply = await client.CallAsync(
                session.Key, session.Address, challenge.Url, JsonSerializer.SerializeToUtf8Bytes(new ReadyDocument(), AcmeJson.Default.ReadyDocument), static _ => "", cancellationToken);
            if (reply.Fault is { Kind: AcmeFaultKind.Later } later)
            {
                return Fail(settings, later);
            }
        }

        return Wait(issuance, order with { IsAsked = true }, null);
    }

    /// <summary>Looks how the order stands, and does what that asks for.</summary>
    public async Task<IssuanceStep> LookAsync(string id, CertificateSettings settings, CancellationToken cancellationToken)
    {
        var (issuance, order) = (settings.Issuance!, settings.Issuance!.Order!);
        if (seal.TryOpen(id, order.SealedKey) is not { } key)
        {
            return Fail(settings, AcmeFault.OfOrder("The key of this order was sealed with another key file; another order is made."));
        }

        if ((await account.OpenAsync(cancellationToken)).Failed(out var fault, out var session))
        {
            return Fail(settings, fault);
        }

        var looked = await client.CallAsync(session.Key, session.Address, order.Url, Fetch, AcmeJson.Default.AcmeOrderDocument, cancellationToken);
        if (looked.Failed(out fault, out var found))
        {
            return Fail(settings, fault);
        }

        if (found.Status == "ready")
        {
            var request = new FinalizeDocument(Base64Url.EncodeToString(SigningRequest.Make(issuance.KeyAlgorithm, key, issuance.Names)));
            looked = await client.CallAsync(
                session.Key, session.Address, found.Finalize ?? "", JsonSerializer.SerializeToUtf8Bytes(request, AcmeJson.Default.FinalizeDocument), AcmeJson.Default.AcmeOrderDocument, cancellationToken);
            if (looked.Failed(out fault, out found))
            {
                // The order may have moved on since it was looked at, and tells at the next look.
                return fault.Kind is AcmeFaultKind.Order && !IssuanceSchedule.IsDecidedTooLate(order, time.GetUtcNow()) ? Wait(issuance, order, null) : Fail(settings, fault);
            }
        }

        return found.Status switch
        {
            "valid" => await FetchAsync(settings, session, found.Certificate ?? "", key, cancellationToken),
            "invalid" => Fail(settings, await ProblemAsync(session, found, cancellationToken)),
            _ when IssuanceSchedule.IsDecidedTooLate(order, time.GetUtcNow()) => Fail(settings, AcmeFault.OfOrder($"The ACME server has left the order {found.Status} for too long.")),
            _ => Wait(issuance, order, looked.RetryAfter),
        };
    }

    public IssuanceStep Fail(CertificateSettings settings, AcmeFault fault)
    {
        if (fault.IsAccountGone)
        {
            account.Forget();
        }

        return new IssuanceStep(IssuanceSchedule.After(settings, fault, time.GetUtcNow())) { Fault = fault };
    }

    private IssuanceStep Wait(Issuance issuance, IssuanceOrder order, DateTimeOffset? retryAfter) => new(issuance with
    {
        Order = order with { Polls = order.Polls + 1 },
        NextAt = IssuanceSchedule.NextPoll(order.Polls, retryAfter, time.GetUtcNow()),
        Outages = 0,
    });

    /// <summary>What is to be shown for a name; nothing where the authority knows it already.</summary>
    private AcmeFault? FindChallenge(AcmeAuthorizationDocument authorization, AcmeKey key, out OrderedName? ordered)
    {
        ordered = null;
        var name = authorization.Identifier?.Value?.ToLowerInvariant() ?? "";
        if (authorization.Status != "pending")
        {
            return authorization.Status == "valid" ? null : AcmeFault.OfOrder($"The ACME server calls {name} {authorization.Status} before it has looked.");
        }

        var type = options.Challenge is ChallengeKind.Http01 ? "http-01" : "tls-alpn-01";
        var offered = authorization.Challenges ?? [];
        if (offered.FirstOrDefault(challenge => challenge.Type == type) is not { Url: { } url, Token: { Length: > 0 and <= LongestToken } token } || token.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            return AcmeFault.OfOrder($"The ACME server offers no {type} for {name}; it offers {string.Join(", ", offered.Select(static challenge => challenge.Type))}. See --acme-challenge.");
        }

        ordered = new OrderedName(new ChallengeConfig(name, options.Challenge, token, key.Authorize(token)), url);
        return null;
    }

    /// <summary>Why an order came to nothing: mostly because of one name.</summary>
    private async Task<AcmeFault> ProblemAsync(AcmeSession session, AcmeOrderDocument order, CancellationToken cancellationToken)
    {
        foreach (var url in order.Authorizations ?? [])
        {
            var reply = await client.CallAsync(session.Key, session.Address, url, Fetch, AcmeJson.Default.AcmeAuthorizationDocument, cancellationToken);
            if (reply.Value is { Challenges: { } challenges } authorization && challenges.FirstOrDefault(static challenge => challenge.Error is not null) is { Error: { } error })
            {
                var fault = AcmeFault.Of(error, 0, null);
                return fault with { Text = $"{authorization.Identifier?.Value}: {fault.Text}" };
            }
        }

        return AcmeFault.Of(order.Error, 0, null);
    }

    private async Task<IssuanceStep> FetchAsync(CertificateSettings settings, AcmeSession session, string url, string key, CancellationToken cancellationToken)
    {
        if ((await client.CallAsync(session.Key, session.Address, url, Fetch, Encoding.UTF8.GetString, cancellationToken)).Failed(out var fault, out var text))
        {
            return Fail(settings, fault);
        }

        var (issuance, now) = (settings.Issuance!, time.GetUtcNow());
        var blocks = PemBlock.ReadAll(text);
        if (blocks.Count == 0)
        {
            return Fail(settings, AcmeFault.OfOrder("The ACME server gave no certificate."));
        }

        // What came over the wire is looked at as closely as what somebody imports.
        var chain = string.Concat(blocks.Skip(1).Select(static block => block.Text + "\n"));
        if (CertificateParts.TryRead(blocks[0].Text, chain.Length == 0 ? null : chain, key, now, out var parts) is { } unfit)
        {
            return Fail(settings, AcmeFault.OfOrder($"The ACME server gave a certificate that cannot be used: {unfit.Message}"));
        }

        return issuance.Names.Except(parts!.Details.AlternativeNames, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } missing // viewers look nowhere else
            ? Fail(settings, AcmeFault.OfOrder($"The ACME server gave a certificate that is not good for {missing}."))
            : new IssuanceStep(issuance with { IssuedAt = now, Renewals = settings.IsIssued ? issuance.Renewals + 1 : 0, Problem = "", ProblemAt = null, Failures = 0, Outages = 0, NextAt = now, IsRenewalAsked = false, Order = null, Lease = null }) { Issued = parts };
    }
}

/// <summary>What a step came to.</summary>
/// <param name="Next">What is to be remembered.</param>
internal sealed record IssuanceStep(Issuance Next)
{
    /// <summary>The certificate, once it is there.</summary>
    public CertificateParts? Issued { get; init; }

    /// <summary>What went wrong; null for nothing.</summary>
    public AcmeFault? Fault { get; init; }
}
