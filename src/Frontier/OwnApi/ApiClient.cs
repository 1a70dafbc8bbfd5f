// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.OwnApi;
using Frontier.Protocols.SigV4;

namespace Frontier.OwnApi;

/// <summary>Calls Frontier's own API as any client does, signed.</summary>
internal sealed class ApiClient(ApiSettings settings, TimeProvider time) : IDisposable
{
    /// <summary>The name under which callers sign, as for CloudFront's API.</summary>
    private const string Service = "cloudfront";

    /// <summary>A change waits for its turn and for the disk; more than this is a fault.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What listens on this machine is not reached through a proxy, whatever the environment says of others.</summary>
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !settings.Endpoint.IsLoopback }) { Timeout = Patience };

    /// <param name="target">Below the prefix of the API, encoded.</param>
    /// <exception cref="ApiException">The control plane does not answer, or refuses.</exception>
    public async Task<T> GetAsync<T>(string target, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        Read(await SendAsync(HttpMethod.Get, target, [], null, cancellationToken), type);

    /// <param name="target">Below the prefix of the API, encoded.</param>
    /// <param name="ifMatch">The ETag that what is changed must have; null for any.</param>
    /// <exception cref="ApiException">The control plane does not answer, or refuses.</exception>
    public async Task<T> PostAsync<TBody, T>(string target, TBody body, JsonTypeInfo<TBody> bodyType, string? ifMatch, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        Read(await SendAsync(HttpMethod.Post, target, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), ifMatch, cancellationToken), type);

    /// <summary>For what says all in its name.</summary>
    /// <param name="target">Below the prefix of the API, encoded.</param>
    /// <exception cref="ApiException">The control plane does not answer, or refuses.</exception>
    public async Task<T> PostAsync<T>(string target, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        Read(await SendAsync(HttpMethod.Post, target, [], null, cancellationToken), type);

    /// <param name="target">Below the prefix of the API, encoded.</param>
    /// <param name="ifMatch">The ETag that what is changed must have; null for any.</param>
    /// <exception cref="ApiException">The control plane does not answer, or refuses.</exception>
    public async Task<T> PutAsync<TBody, T>(string target, TBody body, JsonTypeInfo<TBody> bodyType, string? ifMatch, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        Read(await SendAsync(HttpMethod.Put, target, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), ifMatch, cancellationToken), type);

    /// <param name="target">Below the prefix of the API, encoded.</param>
    /// <exception cref="ApiException">The control plane does not answer, or refuses.</exception>
    public async Task DeleteAsync(string target, CancellationToken cancellationToken)
    {
        if (await SendAsync(HttpMethod.Delete, target, [], null, cancellationToken) is { Status: not HttpStatusCode.NoContent, Status: var status })
        {
            throw Foreign(status);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <returns>The answer to a call that succeeded.</returns>
    private async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpMethod method, string target, byte[] body, string? ifMatch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(settings.Endpoint, OwnPaths.Prefix + target));
        Sign(request, body);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var answer = (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response.IsSuccessStatusCode ? answer : throw Refused(answer);
        }
        catch (HttpRequestException error)
        {
            throw new ApiException($"No control plane answers at {settings.Endpoint}: {error.Message} Start one with \"frontier up\", or name another with --endpoint.", error);
        }
        catch (TaskCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            var advice = method == HttpMethod.Get ? "" : " Look before you repeat a change.";
            throw new ApiException(string.Create(CultureInfo.InvariantCulture, $"The control plane at {settings.Endpoint} did not answer within {Patience.TotalSeconds} seconds.{advice}"), error);
        }
    }

    /// <summary>The API's own words; where rights are the matter, whose they are.</summary>
    private ApiException Refused((HttpStatusCode Status, byte[] Body) answer)
    {
        var detail = Read(answer, OwnJson.Default.ProblemDocument).Detail;
        return new ApiException(answer.Status == HttpStatusCode.Forbidden ? $"{detail} (Called as {settings.Key.Id}; --data and --profile say whose key is used.)" : detail);
    }

    private T Read<T>((HttpStatusCode Status, byte[] Body) answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(answer.Body, type) is { } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // Said below, as of any other answer.
        }

        throw Foreign(answer.Status);
    }

    private ApiException Foreign(HttpStatusCode status) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{settings.Endpoint} answered with status {(int)status}, and not as Frontier's API does. Is --endpoint right?"));

    private void Sign(HttpRequestMessage request, byte[] body)
    {
        var url = request.RequestUri!;
        var signable = new SignableRequest(request.Method.Method, url.AbsolutePath, url.Query.TrimStart('?'), [new("host", url.Authority)]);
        foreach (var (name, value) in RequestSigner.Sign(signable, settings.Key, "us-east-1", Service, Convert.ToHexStringLower(SHA256.HashData(body)), time.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
