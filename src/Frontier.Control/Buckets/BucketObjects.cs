// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Control.Domain;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Buckets;

/// <summary>
/// Reads small objects of the bucket server, which calls of the API name instead of carrying them (API-6.11, <c>api.md</c> §6.25): with
/// the installation's own key, whole or not at all, a few at a time. Thread-safe.
/// </summary>
internal sealed class BucketObjects(ControlOptions options, TimeProvider time) : IDisposable
{
    private const string Region = "us-east-1";

    /// <summary>The caller waits for the answer; most clients give up after a minute.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Files held in memory at a time.</summary>
    private const int MostAtOnce = 4;

    private readonly SemaphoreSlim _turns = new(MostAtOnce, MostAtOnce);
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    public static ApiError Refused(string source, string reason) => ApiErrors.InvalidArgument.Saying($"The import from '{source}' failed: {reason}.");

    /// <param name="version">Null for the newest.</param>
    /// <param name="parameter">What names the object, for a control plane that knows no bucket server.</param>
    /// <param name="source">How the caller calls the object.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="tooLarge">For an object that is longer.</param>
    public async Task<Outcome<byte[]>> ReadAsync(string bucket, string key, string? version, string parameter, string source, int limit, ApiError tooLarge, CancellationToken cancellationToken)
    {
        if (options.S3Endpoint is not { } endpoint)
        {
            return ApiErrors.InvalidArgument.Saying($"{parameter} is not supported by this control plane: it knows no bucket server to import from.");
        }

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _turns.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused(source, "too many imports are under way");
        }

        try
        {
            using var request = Sign(endpoint, $"/{AwsUriEncoding.Encode(bucket)}/{AwsUriEncoding.Encode(key, keepSlash: true)}", version is null ? "" : $"versionId={AwsUriEncoding.Encode(version)}");
            return await FetchAsync(request, source, limit, tooLarge, either.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Refused(source, $"the bucket server at {endpoint} cannot be reached, or broke off ({error.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused(source, $"the bucket server at {endpoint} did not answer within {Deadline.TotalSeconds:0} seconds");
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _turns.Dispose();
    }

    private async Task<Outcome<byte[]>> FetchAsync(HttpRequestMessage request, string source, int limit, ApiError tooLarge, CancellationToken cancellationToken)
    {
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Refused(source, $"the bucket server answered {(int)response.StatusCode}");
        }

        // One byte more than allowed is enough to know.
        var file = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1_024];
        while (file.Length <= limit && await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            file.Write(buffer, 0, read);
        }

        return file.Length > limit ? tooLarge.Saying($"The import file '{source}' is longer than {limit} bytes.") : file.ToArray();
    }

    private HttpRequestMessage Sign(Uri endpoint, string path, string query)
    {
        // The path goes out exactly as it was signed: Uri would take dots and escapes for its own.
        var text = endpoint.GetLeftPart(UriPartial.Authority) + path + (query.Length > 0 ? "?" + query : "");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        var signable = new SignableRequest("GET", path, query, [new("host", endpoint.Authority)]);
        foreach (var (name, value) in RequestSigner.Sign(signable, options.AccessKeys[0], Region, "s3", SignatureVerifier.EmptyPayloadHash, time.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
