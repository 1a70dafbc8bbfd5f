// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>Tags of objects: a change of them is a change of the object's record, its bytes and their date stay.</summary>
internal static class ObjectTagging
{
    public static async Task<S3Fault?> GetAsync(S3Exchange exchange) => ObjectWrites.Present(exchange) is { } present
        ? await exchange.ReplyXmlAsync("Tagging", writer => TagSet.Write(writer, present.Metadata.Tags))
        : exchange.Access.Missing(exchange.Caller, exchange.Bucket, exchange.Request.HttpContext);

    public static async Task<S3Fault?> PutAsync(S3Exchange exchange)
    {
        var (root, fault) = await exchange.ReadXmlAsync("Tagging");
        if (root is null)
        {
            return fault;
        }

        return TagSet.TryReadDocument(root, TagSet.MaxOfObject, out var tags) ?? await ReplaceAsync(exchange, tags) ?? exchange.Reply(200);
    }

    public static async Task<S3Fault?> DeleteAsync(S3Exchange exchange) => await ReplaceAsync(exchange, []) ?? exchange.Reply(204);

    private static async Task<S3Fault?> ReplaceAsync(S3Exchange exchange, IReadOnlyList<KeyValuePair<string, string>> tags)
    {
        while (ObjectWrites.Present(exchange) is { } present)
        {
            // Another writer may replace the object meanwhile: its tags are not ours to set, so look again.
            var isSame = true;
            var tagged = present with { Metadata = present.Metadata with { Tags = tags } };
            var fault = await exchange.Bucket.CommitAsync(
                new ObjectPut(tagged, null), present.Key.ToString(),
                () => (isSame = ReferenceEquals(ObjectWrites.Present(exchange), present)) ? null : S3Error.PreconditionFailed, exchange.Aborted);
            if (isSame)
            {
                return fault;
            }
        }

        return exchange.Access.Missing(exchange.Caller, exchange.Bucket, exchange.Request.HttpContext);
    }
}
