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

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };

    /// <param name="target">Below the prefix of the API, encoded.</param>
    /// <exception cref="ApiException">The control plane does not answer, or refuses.</exception>
    public Task<T> GetAsync<T>(string target, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Get, target, [], null, type, cancellationToken);

    /// <param name="target">Below the prefix of the API, encoded.</param>
    /// <param name="ifMatch">The ETag that what is changed must have; null for any.</param>
    /// <exception cref="ApiException">The control plane does not answer, or refuses.</exception>
    public Task<T> PostAsync<TBody, T>(string target, TBody body, JsonTypeInfo<TBody> bodyType, string? ifMatch, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Post, target, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), ifMatch, type, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<T> SendAsync<T>(HttpMethod method, string target, byte[] body, string? ifMatch, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
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
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? Read(answer, type, response.StatusCode) : throw new ApiException(Read(answer, OwnJson.Default.ProblemDocument, response.StatusCode).Detail);
        }
        catch (HttpRequestException error)
        {
            throw new ApiException($"No control plane answers at {settings.Endpoint}: {error.Message} Start one with \"frontier up\", or name another with --endpoint.", error);
        }
        catch (TaskCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiException(string.Create(CultureInfo.InvariantCulture, $"The control plane at {settings.Endpoint} did not answer within {Patience.TotalSeconds} seconds."), error);
        }
    }

    private T Read<T>(byte[] answer, JsonTypeInfo<T> type, HttpStatusCode status)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(answer, type) is { } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // Said below, as of any other answer.
        }

        throw new ApiException(string.Create(CultureInfo.InvariantCulture, $"{settings.Endpoint} answered with status {(int)status}, and not as Frontier's API does. Is --endpoint right?"));
    }

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
