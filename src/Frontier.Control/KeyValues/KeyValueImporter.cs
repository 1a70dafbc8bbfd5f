// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Frontier.Control.Domain;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.KeyValues;

/// <summary>
/// Reads the first pairs of a key value store from an object of the bucket server (API-6.11). The whole file is read and checked
/// before the store is created, so that a store exists with all of its pairs or not at all.
/// </summary>
internal sealed class KeyValueImporter(ControlOptions options, TimeProvider time) : IDisposable
{
    private const string ArnPrefix = "arn:aws:s3:::";
    private const string Region = "us-east-1";

    /// <summary>The caller waits for the answer; most clients give up after a minute.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Files held in memory at a time.</summary>
    private const int MostAtOnce = 4;

    private readonly SemaphoreSlim _turns = new(MostAtOnce, MostAtOnce);
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The pairs of the object that <paramref name="sourceArn"/> names.</summary>
    public async Task<Outcome<IReadOnlyList<KeyValueRow>>> ReadAsync(string sourceArn, CancellationToken cancellationToken)
    {
        if (options.S3Endpoint is not { } endpoint)
        {
            return ApiErrors.InvalidArgument.Saying("ImportSource is not supported by this control plane: it knows no bucket server to import from.");
        }

        if (!sourceArn.StartsWith(ArnPrefix, StringComparison.Ordinal) || sourceArn[ArnPrefix.Length..].Split('/', 2) is not [{ Length: > 0 } bucket, { Length: > 0 } key])
        {
            return ApiErrors.InvalidArgument.Saying($"The parameter SourceARN '{sourceArn}' is not of the form {ArnPrefix}bucket/key.");
        }

        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _turns.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused(sourceArn, "too many imports are under way");
        }

        try
        {
            return (await FetchAsync(endpoint, bucket, key, sourceArn, either.Token)).Failed(out var error, out var file) ? error : Parse(file, sourceArn);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return Refused(sourceArn, $"the bucket server at {endpoint} cannot be reached, or broke off ({error.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused(sourceArn, $"the bucket server at {endpoint} did not answer within {Deadline.TotalSeconds:0} seconds");
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

    private static ApiError Refused(string sourceArn, string reason) => ApiErrors.InvalidArgument.Saying($"The import from '{sourceArn}' failed: {reason}.");

    private async Task<Outcome<byte[]>> FetchAsync(Uri endpoint, string bucket, string key, string sourceArn, CancellationToken cancellationToken)
    {
        using var request = Sign(endpoint, $"/{AwsUriEncoding.Encode(bucket)}/{AwsUriEncoding.Encode(key, keepSlash: true)}");
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Refused(sourceArn, $"the bucket server answered {(int)response.StatusCode}");
        }

        // One byte more than allowed is enough to know.
        var limit = options.Quotas.KeyValueStoreBytes;
        var file = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[64 * 1_024];
        while (file.Length <= limit && await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            file.Write(buffer, 0, read);
        }

        return file.Length > limit ? FunctionErrors.EntityTooLarge.Saying($"The import file '{sourceArn}' is longer than {limit} bytes.") : file.ToArray();
    }

    private HttpRequestMessage Sign(Uri endpoint, string path)
    {
        // The path goes out exactly as it was signed: Uri would take dots and escapes for its own.
        var target = new Uri(endpoint.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(HttpMethod.Get, target);
        var signable = new SignableRequest("GET", path, "", [new("host", endpoint.Authority)]);
        foreach (var (name, value) in RequestSigner.Sign(signable, options.AccessKeys[0], Region, "s3", SignatureVerifier.EmptyPayloadHash, time.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private Outcome<IReadOnlyList<KeyValueRow>> Parse(byte[] file, string sourceArn)
    {
        ImportDocument document;
        try
        {
            document = JsonSerializer.Deserialize(file, KeyValueJson.Default.ImportDocument) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException error)
        {
            return Refused(sourceArn, $"the file is not JSON of the form {{\"data\":[{{\"key\":\"\",\"value\":\"\"}}]}} ({error.Message})");
        }

        var keys = new HashSet<string>(document.Data.Count, StringComparer.Ordinal);
        var items = ImmutableArray.CreateBuilder<KeyValueRow>(document.Data.Count);
        var total = 0L;
        foreach (var pair in document.Data)
        {
            if (pair is not var (key, value))
            {
                return Refused(sourceArn, "an item of the file is null");
            }

            if (KeyValueRules.Check(key, value) is { } fault)
            {
                return Refused(sourceArn, fault.TrimEnd('.'));
            }

            if (!keys.Add(key))
            {
                return Refused(sourceArn, $"the key '{key}' occurs more than once");
            }

            total += KeyValueRules.Size(key) + KeyValueRules.Size(value);
            items.Add(new KeyValueRow(key, value));
        }

        return total > options.Quotas.KeyValueStoreBytes
            ? FunctionErrors.EntityTooLarge.Saying($"The pairs of '{sourceArn}' have {total} bytes; at most {options.Quotas.KeyValueStoreBytes} are allowed.")
            : items.MoveToImmutable();
    }
}
