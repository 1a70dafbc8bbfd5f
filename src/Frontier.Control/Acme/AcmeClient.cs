// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Frontier.Control.Acme;

/// <summary>
/// Speaks to one ACME server (RFC 8555, section 6): signed requests, nonces, problems. It remembers the directory for as long as the process
/// runs. What goes wrong is a value. Thread-safe.
/// </summary>
internal sealed class AcmeClient : IDisposable
{
    /// <summary>Nonces that are kept; one each for as many calls as run at once.</summary>
    private const int MostNonces = 16;

    /// <summary>A nonce may be too old again and again where a server has several nodes; not this often.</summary>
    private const int MostAttempts = 5;

    /// <summary>A chain has a few kilobytes, an order of 100 names tens of them.</summary>
    private const int LongestAnswer = 1 << 20;

    private const int LongestNonce = 1_024;

    private const string ReplayNonce = "Replay-Nonce";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Whoever asks for a longer rest is asked again all the same.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(2);

    private readonly Uri _directoryAddress;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly ConcurrentStack<string> _nonces = new(); // the newest first: those of long ago are worth nothing
    private volatile AcmeDirectoryDocument? _directory;

    public AcmeClient(AcmeOptions options, TimeProvider time)
    {
        (_directoryAddress, _time) = (options.Directory, time);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (options.Roots.Count > 0)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(options.Roots);
        }

        _client = new HttpClient(handler) { Timeout = Deadline, MaxResponseContentBufferSize = LongestAnswer };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("frontier"); // RFC 8555, section 6.1
    }

    public async Task<AcmeReply<AcmeDirectoryDocument>> DirectoryAsync(CancellationToken cancellationToken)
    {
        if (_directory is { } known)
        {
            return new(known, null);
        }

        var reply = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, _directoryAddress), static body => Read(body, AcmeJson.Default.AcmeDirectoryDocument), cancellationToken);
        if (!reply.Failed(out _, out var directory))
        {
            if (!IsAddress(directory.NewNonce) || !IsAddress(directory.NewAccount) || !IsAddress(directory.NewOrder))
            {
                return new(null, AcmeFault.Unreachable($"{_directoryAddress} is no directory of an ACME server (RFC 8555, section 7.1.1)"));
            }

            _directory = directory;
        }

        return reply;
    }

    /// <summary>A signed call. A nonce that the server does not know is replaced, and the call made again (section 6.5).</summary>
    /// <param name="account">Null where the key itself is to be sent.</param>
    /// <param name="payload">JSON; empty to fetch.</param>
    public async Task<AcmeReply<T>> CallAsync<T>(AcmeKey key, string? account, string url, ReadOnlyMemory<byte> payload, Func<byte[], T?> read, CancellationToken cancellationToken)
        where T : class
    {
        if (!IsAddress(url))
        {
            return new(null, AcmeFault.OfOrder($"The ACME server named '{url}', which is no address to ask at."));
        }

        for (var attempt = 1; ; attempt++)
        {
            if ((await NonceAsync(cancellationToken)).Failed(out var fault, out var nonce))
            {
                return new(null, fault);
            }

            var reply = await SendAsync(
                () => new HttpRequestMessage(HttpMethod.Post, url) { Content = Body(key.Sign(url, nonce, account, payload.Span)) }, read, cancellationToken);
            if (reply.Fault is not { IsBadNonce: true } || attempt == MostAttempts)
            {
                return reply;
            }
        }
    }

    /// <summary>The same for an answer in JSON.</summary>
    public Task<AcmeReply<T>> CallAsync<T>(AcmeKey key, string? account, string url, ReadOnlyMemory<byte> payload, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        CallAsync(key, account, url, payload, body => Read(body, type), cancellationToken);

    public void Dispose() => _client.Dispose();

    private static ByteArrayContent Body(FlattenedJws signed)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(signed, AcmeJson.Default.FlattenedJws));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/jose+json"); // section 6.2: without a charset
        return content;
    }

    private static T? Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a server names must be spoken to as its directory is: over TLS, where that is.</summary>
    private bool IsAddress(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == _directoryAddress.Scheme;

    private async Task<AcmeReply<string>> NonceAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (_nonces.TryPop(out var nonce))
            {
                return new(nonce, null);
            }

            if ((await DirectoryAsync(cancellationToken)).Failed(out var fault, out var directory))
            {
                return new(null, fault);
            }

            // The nonce is kept as that of any answer, so another call may be quicker to take it.
            var reply = await SendAsync(() => new HttpRequestMessage(HttpMethod.Head, directory.NewNonce), static _ => "", cancellationToken);
            if (reply.Failed(out fault, out _))
            {
                return new(null, fault);
            }

            if (attempt == MostAttempts)
            {
                return new(null, AcmeFault.Unreachable($"{directory.NewNonce} gives no nonce"));
            }
        }
    }

    private async Task<AcmeReply<T>> SendAsync<T>(Func<HttpRequestMessage> compose, Func<byte[], T?> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var request = compose();
            using var response = await _client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            Keep(response);
            var retryAfter = RetryAfter(response);
            if (!response.IsSuccessStatusCode)
            {
                return new(null, AcmeFault.Of(Read(body, AcmeJson.Default.AcmeProblemDocument), (int)response.StatusCode, retryAfter));
            }

            return read(body) is { } value
                ? new(value, null, response.Headers.Location?.OriginalString, retryAfter)
                : new(null, AcmeFault.Unreachable($"{request.RequestUri} answered {(int)response.StatusCode} with something else than was asked for"));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or FormatException)
        {
            return new(null, AcmeFault.Unreachable(error.InnerException is { } inner ? $"{error.Message} {inner.Message}" : error.Message));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, AcmeFault.Unreachable($"nothing came within {Deadline.TotalSeconds:0} seconds"));
        }
    }

    private void Keep(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues(ReplayNonce, out var values) && values.First() is { Length: > 0 and <= LongestNonce } nonce && _nonces.Count < MostNonces)
        {
            _nonces.Push(nonce);
        }
    }

    private DateTimeOffset? RetryAfter(HttpResponseMessage response)
    {
        var now = _time.GetUtcNow();
        return response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => now + (delta < LongestRest ? delta : LongestRest),
            { Date: { } date } => date < now + LongestRest ? date : now + LongestRest,
            _ => null,
        };
    }
}
