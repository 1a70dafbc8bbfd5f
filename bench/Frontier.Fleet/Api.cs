// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.SigV4;

namespace Frontier.Fleet;

/// <summary>Signed calls of CloudFront's API.</summary>
internal sealed class Api(Uri control, AccessKey key) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>The first key of an AWS credentials file.</summary>
    public static AccessKey ReadKey(string path)
    {
        var lines = File.ReadAllLines(path).Select(static line => line.Split('=', 2)).Where(static parts => parts.Length == 2).ToLookup(static parts => parts[0].Trim(), static parts => parts[1].Trim());
        return new AccessKey(lines["aws_access_key_id"].First(), lines["aws_secret_access_key"].First());
    }

    public async Task<(string? ETag, string Body)> CallAsync(string method, string path, string body = "", string? etag = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(control, "/2020-05-31/" + path)) { Content = bytes.Length > 0 ? new ByteArrayContent(bytes) : null };
        request.Content?.Headers.TryAddWithoutValidation("Content-Type", "application/xml");
        var url = request.RequestUri!;
        var signable = new SignableRequest(method, url.AbsolutePath, url.Query.TrimStart('?'), [new("host", url.Authority)]);
        foreach (var (name, value) in RequestSigner.Sign(signable, key, "us-east-1", "cloudfront", Convert.ToHexStringLower(SHA256.HashData(bytes)), TimeProvider.System.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        using var response = await _client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? (response.Headers.TryGetValues("ETag", out var tags) ? tags.First() : null, answer)
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {answer}");
    }

    public void Dispose() => _client.Dispose();
}
