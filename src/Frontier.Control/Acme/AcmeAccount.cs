// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Frontier.Control.Credentials;
using Frontier.Control.Store;

namespace Frontier.Control.Acme;

/// <summary>
/// The account at the authority (RFC 8555, section 7.3): one key for all processes on a store, made once and kept there encrypted. Each process
/// asks for the account of that key, which the authority makes or knows. Thread-safe.
/// </summary>
internal sealed class AcmeAccount(IControlStore store, SecretSeal seal, AcmeClient client, AcmeOptions options) : IDisposable
{
    private readonly string _name = "acme-account " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Directory.AbsoluteUri)));
    private readonly SemaphoreSlim _turn = new(1, 1); // whoever waits works on an order, of which few are worked on at once
    private AcmeKey? _key;
    private volatile AcmeSession? _session;

    public async Task<AcmeReply<AcmeSession>> OpenAsync(CancellationToken cancellationToken)
    {
        if (_session is { } known)
        {
            return new(known, null);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _session is { } meanwhile ? new(meanwhile, null) : await RegisterAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The authority does not know it any more; it is asked for again.</summary>
    public void Forget() => _session = null;

    public void Dispose()
    {
        _key?.Dispose();
        _turn.Dispose();
    }

    private async Task<AcmeReply<AcmeSession>> RegisterAsync(CancellationToken cancellationToken)
    {
        if (await AgreeOnKeyAsync(cancellationToken) is not { } key)
        {
            return new(null, new AcmeFault(AcmeFaultKind.Later, "OTHER", "The key of the ACME account was sealed with another key file. Start with that file (--key-file)."));
        }

        if ((await client.DirectoryAsync(cancellationToken)).Failed(out var fault, out var directory))
        {
            return new(null, fault);
        }

        var address = directory.NewAccount!;
        var document = new NewAccountDocument(
            TermsOfServiceAgreed: true,
            options.Email is { } email ? ImmutableArray.Create("mailto:" + email) : null,
            options.ExternalAccount is { } external ? key.Bind(external, address) : null);
        var reply = await client.CallAsync(key, null, address, JsonSerializer.SerializeToUtf8Bytes(document, AcmeJson.Default.NewAccountDocument), static _ => "", cancellationToken);
        if (reply.Failed(out fault, out _))
        {
            return new(null, fault with { Kind = AcmeFaultKind.Later, Text = $"The ACME server refuses the account (see --acme-directory, --acme-email and --acme-eab): {fault.Text}" });
        }

        if (reply.Location is not { } account)
        {
            return new(null, AcmeFault.Unreachable($"{address} says not where the account is"));
        }

        _session = new AcmeSession(key, account);
        return new(_session, null);
    }

    /// <summary>Null when it cannot be read here.</summary>
    private async Task<AcmeKey?> AgreeOnKeyAsync(CancellationToken cancellationToken)
    {
        if (_key is null && seal.TryOpen(_name, await store.AgreeAsync(_name, seal.Seal(_name, AcmeKey.NewPem()), cancellationToken)) is { } pem)
        {
            _key = AcmeKey.Read(pem);
        }

        return _key;
    }
}

/// <summary>An account that the authority knows.</summary>
/// <param name="Address">Names it in every call.</param>
internal sealed record AcmeSession(AcmeKey Key, string Address);
