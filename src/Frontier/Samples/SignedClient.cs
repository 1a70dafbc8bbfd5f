// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;

namespace Frontier.Samples;

/// <summary>Calls the node's own APIs as any client does, signed.</summary>
internal sealed class SignedClient(AccessKey key, string service, IPEndPoint endpoint) : IDisposable
{
    private readonly HttpClient _client = new();

    /// <exception cref="StartException">The API refuses; the message is its answer.</exception>
    public async Task<string> SendAsync(HttpMethod method, string path, string body, string contentType, CancellationToken cancellationToken, params HttpStatusCode[] alsoFine)
    {
        var question = path.IndexOf('?', StringComparison.Ordinal);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var signable = new SignableRequest(
            method.Method, question < 0 ? path : path[..question], question < 0 ? "" : path[(question + 1)..], [new("host", endpoint.ToString())]);
        using var request = new HttpRequestMessage(method, new Uri($"http://{endpoint}{path}"));
        foreach (var (name, value) in RequestSigner.Sign(signable, key, "us-east-1", service, hash, TimeProvider.System.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = new(contentType);
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode || alsoFine.Contains(response.StatusCode)
            ? answer
            : throw new StartException(string.Create(CultureInfo.InvariantCulture, $"The sample cannot be made: {method} {path} answered {(int)response.StatusCode}. {answer}"), new HttpRequestException());
    }

    public void Dispose() => _client.Dispose();
}
