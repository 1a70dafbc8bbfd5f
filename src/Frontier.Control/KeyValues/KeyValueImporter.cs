// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Control.Buckets;
using Frontier.Control.Domain;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Store;

namespace Frontier.Control.KeyValues;

/// <summary>
/// Reads the first pairs of a key value store from an object of the bucket server (API-6.11). The whole file is read and checked
/// before the store is created, so that a store exists with all of its pairs or not at all.
/// </summary>
internal sealed class KeyValueImporter(BucketObjects objects, ControlOptions options)
{
    private const string ArnPrefix = "arn:aws:s3:::";

    /// <summary>The pairs of the object that <paramref name="sourceArn"/> names.</summary>
    public async Task<Outcome<IReadOnlyList<KeyValueRow>>> ReadAsync(string sourceArn, CancellationToken cancellationToken)
    {
        if (!sourceArn.StartsWith(ArnPrefix, StringComparison.Ordinal) || sourceArn[ArnPrefix.Length..].Split('/', 2) is not [{ Length: > 0 } bucket, { Length: > 0 } key])
        {
            return ApiErrors.InvalidArgument.Saying($"The parameter SourceARN '{sourceArn}' is not of the form {ArnPrefix}bucket/key.");
        }

        var read = await objects.ReadAsync(bucket, key, null, "ImportSource", sourceArn, options.Quotas.KeyValueStoreBytes, FunctionErrors.EntityTooLarge, cancellationToken);
        return read.Failed(out var error, out var file) ? error : Parse(file, sourceArn);
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
            return BucketObjects.Refused(sourceArn, $"the file is not JSON of the form {{\"data\":[{{\"key\":\"\",\"value\":\"\"}}]}} ({error.Message})");
        }

        var keys = new HashSet<string>(document.Data.Count, StringComparer.Ordinal);
        var items = ImmutableArray.CreateBuilder<KeyValueRow>(document.Data.Count);
        var total = 0L;
        foreach (var pair in document.Data)
        {
            if (pair is not var (key, value))
            {
                return BucketObjects.Refused(sourceArn, "an item of the file is null");
            }

            if (KeyValueRules.Check(key, value) is { } fault)
            {
                return BucketObjects.Refused(sourceArn, fault.TrimEnd('.'));
            }

            if (!keys.Add(key))
            {
                return BucketObjects.Refused(sourceArn, $"the key '{key}' occurs more than once");
            }

            total += KeyValueRules.Size(key) + KeyValueRules.Size(value);
            items.Add(new KeyValueRow(key, value));
        }

        return total > options.Quotas.KeyValueStoreBytes
            ? FunctionErrors.EntityTooLarge.Saying($"The pairs of '{sourceArn}' have {total} bytes; at most {options.Quotas.KeyValueStoreBytes} are allowed.")
            : items.MoveToImmutable();
    }
}
