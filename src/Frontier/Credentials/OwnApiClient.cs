// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.OwnApi;
using Frontier.Protocols.SigV4;

namespace Frontier.Credentials;

/// <summary>Calls Frontier's own API of a control plane, signed.</summary>
internal sealed class OwnApiClient : IDisposable
{
    private const string Root = "/frontier/v1";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = _patience };
    private readonly AccessKey _key;
    private readonly IPEndPoint _endpoint;
    private readonly TimeProvider _time;

    public OwnApiClient(AccessKey key, IPEndPoint endpoint, TimeProvider time)
    {
        // What listens everywhere is reached here.
        var address = endpoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : endpoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : endpoint.Address;
        (_key, _endpoint, _time) = (key, new IPEndPoint(address, endpoint.Port), time);
    }

    /// <param name="target">Below the root of the API, with its query.</param>
    /// <exception cref="CredentialsException">The call fails; the message is the API's, or says what to do.</exception>
    public async Task<T> GetAsync<T>(string target, JsonTypeInfo<T> type, CancellationToken cancellationToken) => Read(await SendAsync(HttpMethod.Get, target, [], cancellationToken), type);

    /// <inheritdoc cref="GetAsync"/>
    public async Task<TAnswer> SendAsync<TBody, TAnswer>(HttpMethod method, string target, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken) =>
        Read(await SendAsync(method, target, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), cancellationToken), type);

    /// <inheritdoc cref="GetAsync"/>
    public Task DeleteAsync(string target, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, target, [], cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> SendAsync(HttpMethod method, string target, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri($"http://{_endpoint}{Root}{target}"));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        }

        var uri = request.RequestUri!;
        var signable = new SignableRequest(method.Method, uri.AbsolutePath, uri.Query.TrimStart('?'), [new("host", _endpoint.ToString())]);
        foreach (var (name, value) in RequestSigner.Sign(signable, _key, "us-east-1", "cloudfront", Convert.ToHexStringLower(SHA256.HashData(body)), _time.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            request.Headers.Host = _endpoint.ToString();
            using var response = await _client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? answer : throw new CredentialsException(Explain(response.StatusCode, answer));
        }
        catch (HttpRequestException error)
        {
            throw new CredentialsException($"No control plane answers at {_endpoint}: {error.Message} Start one with \"frontier up\", or say with --api where it answers.", error);
        }
        catch (TaskCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialsException($"The control plane at {_endpoint} did not answer within {_patience.TotalSeconds:0} seconds. Look before you repeat a change.", error);
        }
    }

    private string Explain(HttpStatusCode status, byte[] answer)
    {
        try
        {
            if (JsonSerializer.Deserialize(answer, CredentialsJson.Default.CredentialsErrorDocument) is { Message: { Length: > 0 } message })
            {
                return status == HttpStatusCode.Forbidden ? $"{message} (Called as {_key.Id} at {_endpoint}; --data and --profile say whose key is used.)" : message;
            }
        }
        catch (JsonException)
        {
            // Not this API's words: the status is all there is to tell.
        }

        return string.Create(CultureInfo.InvariantCulture, $"Who answers at {_endpoint} is no control plane of this version: status {(int)status}. Say with --api where it is.");
    }

    private T Read<T>(byte[] answer, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, type) ?? throw new CredentialsException($"The control plane at {_endpoint} answered nothing.");
        }
        catch (JsonException error)
        {
            throw new CredentialsException($"The control plane at {_endpoint} is of another version: {error.Message}", error);
        }
    }
}
