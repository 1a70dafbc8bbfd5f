// SPDX-License-Identifier: Apache-2.0

using System.Net.Sockets;
using Frontier.Protocols.SigV4;

namespace Frontier.Scenarios.Harness;

/// <summary>A client of the bucket server or the control API, as any SDK: every call is signed.</summary>
internal sealed class SignedApi : IDisposable
{
    private readonly AccessKey _key;
    private readonly string _service;
    private readonly Uri _endpoint;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public SignedApi(AccessKey key, string service, Uri endpoint, TimeProvider time)
    {
        (_key, _service, _endpoint, _time) = (key, service, endpoint, time);
        // Virtual-host style names are found here whatever resolver the machine has.
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { Timeout = FrontierProcess.Patience };
    }

    /// <param name="host">The host to address instead of the endpoint's own.</param>
    public async Task<Answer> SendAsync(HttpMethod method, string target, ReadOnlyMemory<byte> body = default, string? ifMatch = null, string? host = null, string? contentType = null)
    {
        var authority = $"{host ?? _endpoint.Host}:{_endpoint.Port}";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var signable = new SignableRequest(method.Method, question < 0 ? target : target[..question], question < 0 ? "" : target[(question + 1)..], [new("host", authority)]);
        using var request = new HttpRequestMessage(method, new Uri($"http://{authority}{target}"));
        foreach (var (name, value) in RequestSigner.Sign(signable, _key, "us-east-1", _service, Hash(body), _time.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (method == HttpMethod.Put || method == HttpMethod.Post)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new(contentType ?? (_service == "s3" ? "application/octet-stream" : "text/xml"));
        }

        using var response = await _client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public void Dispose() => _client.Dispose();

    private static string Hash(ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.Span));
}
