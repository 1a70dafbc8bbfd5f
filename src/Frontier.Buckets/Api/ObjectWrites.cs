// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>PutObject, DeleteObject and DeleteObjects.</summary>
internal static class ObjectWrites
{
    private const int MaxKeysToDelete = 1000;

    public static async Task<S3Fault?> PutAsync(S3Exchange exchange)
    {
        if (MetadataHeaders.TryRead(exchange, out var metadata) is { } refused)
        {
            return refused;
        }

        // Decided again at the commit; asked here so that an upload in vain is not sent at all.
        var conditions = Conditions.Of(exchange);
        if (conditions.ForWrite(Present(exchange)) is { } unmet)
        {
            return unmet;
        }

        var (upload, fault) = await BodyUpload.ReceiveAsync(exchange, null);
        if (upload is null)
        {
            return fault;
        }

        using (upload)
        {
            var stored = Compose(exchange, upload, metadata);
            fault = await CommitAsync(exchange, upload, stored, conditions);
            if (fault is not null)
            {
                return fault;
            }

            exchange.Response.Headers.ETag = stored.QuotedETag;
            if (stored.Checksum is { } checksum)
            {
                exchange.Response.Headers[checksum.Algorithm.Header] = checksum.Value;
                exchange.Response.Headers["x-amz-checksum-type"] = "FULL_OBJECT";
            }

            return exchange.Reply(200);
        }
    }

    /// <summary>The object that an upload makes at the key of the request.</summary>
    public static StoredObject Compose(S3Exchange exchange, BodyUpload upload, ObjectMetadata metadata) => new(
        exchange.Key, upload.Digest.Md5Hex, S3Time.WholeSeconds(exchange.Now), metadata, upload.Digest.Checksum,
        new ObjectBody(exchange.Bucket.Bodies, upload.Part.Length == 0 ? [] : [upload.Part]));

    public static async Task<S3Fault?> CommitAsync(S3Exchange exchange, BodyUpload upload, StoredObject stored, Conditions conditions)
    {
        // From here on the file's fate is the commit's: a client that goes away must not take it along.
        var fault = await exchange.Bucket.CommitAsync(
            new ObjectPut(stored, null), stored.Key.ToString(), conditions.ConcernsWrite ? () => conditions.ForWrite(Present(exchange)) : null, CancellationToken.None);
        // After a failed flush nobody knows whether the record is in the journal; if it is, it needs its body at the next start.
        if (fault is null || exchange.Bucket.IsBroken)
        {
            upload.Keep();
        }

        return fault;
    }

    public static async Task<S3Fault?> DeleteAsync(S3Exchange exchange)
    {
        if (exchange.Query("versionId") is not (null or "null" or ""))
        {
            return S3Error.NoSuchVersion;
        }

        var fault = await DeleteAsync(exchange, exchange.Key, Conditions.Of(exchange));
        return fault ?? exchange.Reply(204);
    }

    public static async Task<S3Fault?> DeleteManyAsync(S3Exchange exchange)
    {
        var (root, fault) = await exchange.ReadXmlAsync("Delete");
        if (root is null)
        {
            return fault;
        }

        var entries = root.Children("Object").ToList();
        if (entries.Count is 0 or > MaxKeysToDelete || entries.Exists(static entry => entry.Text("Key") is not { Length: > 0 }))
        {
            return S3Error.MalformedXml;
        }

        // Asked for all at once, so that one flush covers many.
        var keys = entries.ConvertAll(static entry => ObjectKey.FromText(entry.Text("Key")!));
        var outcomes = await Task.WhenAll(entries.Select((entry, i) => DeleteOneAsync(exchange, keys[i], entry)));
        var isQuiet = root.Text("Quiet") == "true";
        return await exchange.ReplyXmlAsync("DeleteResult", writer =>
        {
            for (var i = 0; i < keys.Count; i++)
            {
                if (outcomes[i] is { } failure)
                {
                    writer.Element("Error", () =>
                    {
                        writer.Element("Key", keys[i].ToString());
                        writer.Element("Code", failure.Error.Code);
                        writer.Element("Message", failure.Message);
                    });
                }
                else if (!isQuiet)
                {
                    writer.Element("Deleted", () => writer.Element("Key", keys[i].ToString()));
                }
            }
        });
    }

    /// <summary>What the request's key holds now.</summary>
    public static StoredObject? Present(S3Exchange exchange) => exchange.Bucket.Index.TryFind(exchange.Key, out var present) ? present : null;

    private static async Task<S3Fault?> DeleteOneAsync(S3Exchange exchange, ObjectKey key, XElement entry)
    {
        if (entry.Text("VersionId") is not (null or "null" or ""))
        {
            return S3Error.NoSuchVersion;
        }

        return exchange.Access.Allows(exchange.Caller, exchange.Bucket, key, "s3:DeleteObject", exchange.Request.HttpContext)
            ? await DeleteAsync(exchange, key, new Conditions(entry.Text("ETag"), null, null, null))
            : S3Error.AccessDenied;
    }

    private static async Task<S3Fault?> DeleteAsync(S3Exchange exchange, ObjectKey key, Conditions conditions)
    {
        var bucket = exchange.Bucket;
        if (!bucket.Index.TryFind(key, out _))
        {
            // Deleting nothing succeeds and leaves no trace, unless a version was named.
            return conditions.IfMatch is null ? null : S3Error.NoSuchKey;
        }

        return await bucket.CommitAsync(
            new ObjectDeleted(key), key.ToString(),
            conditions.IfMatch is null ? null : () => conditions.ForWrite(bucket.Index.TryFind(key, out var now) ? now : null), exchange.Aborted);
    }
}
