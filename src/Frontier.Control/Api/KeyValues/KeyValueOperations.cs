// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Frontier.Control.Auditing;
using Frontier.Control.Domain;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.Domain.Names;
using Frontier.Control.KeyValues;
using Frontier.Control.Store;

namespace Frontier.Control.Api.KeyValues;

/// <summary>
/// The pairs of key value stores: the API <c>cloudfront-keyvaluestore</c> of 2022-07-26 (<c>edge-compute.md</c> §4). Every change
/// needs the ETag of the pairs, is made whole or not at all, and gives them another.
/// </summary>
internal sealed class KeyValueOperations(IControlStore store, ControlOptions options, TimeProvider time)
{
    private const int DefaultResults = 10;
    private const int MostResults = 50;

    /// <summary>Every operation of this API; paths are below the root.</summary>
    public IReadOnlyList<Operation> Table =>
    [
        new("DescribeKeyValueStore", "GET", "/key-value-stores/{KvsARN}", null, 200, DescribeAsync),
        new("ListKeys", "GET", "/key-value-stores/{KvsARN}/keys", null, 200, ListAsync),
        new("UpdateKeys", "POST", "/key-value-stores/{KvsARN}/keys", null, 200, UpdateAsync),
        new("GetKey", "GET", "/key-value-stores/{KvsARN}/keys/{Key}", null, 200, GetAsync),
        new("PutKey", "PUT", "/key-value-stores/{KvsARN}/keys/{Key}", null, 200, PutAsync),
        new("DeleteKey", "DELETE", "/key-value-stores/{KvsARN}/keys/{Key}", null, 200, DeleteAsync),
    ];

    private static string KeyOf(ApiRequest request) => request.PathValues["Key"];

    private async Task<ApiResponse> DescribeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await FindAsync(request, cancellationToken)).Failed(out var error, out var found))
        {
            return error;
        }

        var (head, arn) = (found.Head, Arn.OfKeyValueStore(options.AccountId, found.StoreId));
        var document = new DescribeDocument(head.ItemCount, head.TotalBytes, arn, ToSeconds(head.CreatedAt), ToSeconds(head.ModifiedAt), KeyValueStore.Ready);
        return new ApiResponse { Content = ApiContent.OfJson(document, KeyValueJson.Default.DescribeDocument), ETag = head.ETag };
    }

    private async Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindId(request).Failed(out var error, out var id))
        {
            return error;
        }

        if (await store.FindKeyValueAsync(id, KeyOf(request), cancellationToken) is not { } found)
        {
            return KeyValueErrors.NotFound;
        }

        return found.Value is { } value
            ? new ApiResponse { Content = ApiContent.OfJson(new GetKeyDocument(KeyOf(request), value, found.Head.ItemCount, found.Head.TotalBytes), KeyValueJson.Default.GetKeyDocument) }
            : KeyValueErrors.NoSuchKey;
    }

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindId(request).Failed(out var error, out var id))
        {
            return error;
        }

        if (!TryReadPage(request, out var after, out var limit))
        {
            return KeyValueErrors.Validation.Saying($"MaxResults must be a number from 1 to {MostResults}, and NextToken what an earlier page ended with.");
        }

        // One more than asked for tells whether there is another page.
        if (await store.ListKeyValuesAsync(id, after, limit + 1, cancellationToken) is not { } page)
        {
            return KeyValueErrors.NotFound;
        }

        var items = page.Items.Take(limit).Select(static item => new PairDocument(item.Key, item.Value)).ToImmutableArray();
        var next = page.Items.Length > limit ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(items[^1].Key)) : null;
        return new ApiResponse { Content = ApiContent.OfJson(new ListKeysDocument(next, items), KeyValueJson.Default.ListKeysDocument) };
    }

    private async Task<ApiResponse> PutAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await FindUnchangedAsync(request, cancellationToken)).Failed(out var error, out var found) || KeyValueUpdate.ReadPut(KeyOf(request), request.Body).Failed(out error, out var update))
        {
            return error;
        }

        return await ChangeAsync(found, update, cancellationToken);
    }

    private async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await FindUnchangedAsync(request, cancellationToken)).Failed(out var error, out var found) || KeyValueUpdate.ReadUpdate(request.Body).Failed(out error, out var update))
        {
            return error;
        }

        return await ChangeAsync(found, update, cancellationToken);
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await FindUnchangedAsync(request, cancellationToken)).Failed(out var error, out var found))
        {
            return error;
        }

        // Should somebody else put the key between this look and the change, the change fails on the ETag.
        var pair = await store.FindKeyValueAsync(found.StoreId, KeyOf(request), cancellationToken);
        return pair?.Value is null ? KeyValueErrors.NoSuchKey : await ChangeAsync(found, new KeyValueUpdate([], [KeyOf(request)]), cancellationToken);
    }

    private static bool TryReadPage(ApiRequest request, out string after, out int limit)
    {
        (after, limit) = ("", DefaultResults);
        var token = request.QueryValue("NextToken") ?? "";
        if (!Base64Url.IsValid(token) || (request.QueryValue("MaxResults") is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)))
        {
            return false;
        }

        after = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        return limit is >= 1 and <= MostResults && !after.Contains('\0', StringComparison.Ordinal);
    }

    private static double ToSeconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1_000.0;

    private Outcome<string> FindId(ApiRequest request)
    {
        if (!Arn.TryParse(request.PathValues["KvsARN"], out var account, out var type, out var id) || type != "key-value-store")
        {
            return KeyValueErrors.Validation.Saying("The parameter KvsARN is not the ARN of a key value store.");
        }

        return account == options.AccountId ? id : KeyValueErrors.NotFound;
    }

    private async Task<Outcome<Target>> FindAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindId(request).Failed(out var error, out var id))
        {
            return error;
        }

        return await store.ReadKeyValueHeadAsync(id, cancellationToken) is { } head ? new Target(id, head) : KeyValueErrors.NotFound;
    }

    /// <summary>The store, provided that its pairs are as the caller saw them; checked again inside the change.</summary>
    private async Task<Outcome<Target>> FindUnchangedAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if ((await FindAsync(request, cancellationToken)).Failed(out var error, out var found))
        {
            return error;
        }

        return Preconditions.Check(request.IfMatch, found.Head.ETag) is null ? found : KeyValueErrors.ETagDiffers;
    }

    private async Task<ApiResponse> ChangeAsync(Target target, KeyValueUpdate update, CancellationToken cancellationToken)
    {
        var change = new KeyValueChange
        {
            StoreId = target.StoreId,
            ExpectedETag = target.Head.ETag,
            ETag = ResourceIds.NewKeyValueETag(),
            ModifiedAt = time.GetUtcNow(),
            Puts = update.Puts,
            Deletes = update.Deletes,
            ByteLimit = options.Quotas.KeyValueStoreBytes,
            Audit = AuditScope.Current,
        };
        var changed = await store.ChangeKeyValuesAsync(change, cancellationToken);
        return changed.Outcome switch
        {
            KeyValueOutcome.Applied => new ApiResponse
            {
                Content = ApiContent.OfJson(new SizeDocument(changed.Head!.ItemCount, changed.Head.TotalBytes), KeyValueJson.Default.SizeDocument),
                ETag = changed.Head.ETag,
            },
            KeyValueOutcome.NotFound => KeyValueErrors.NotFound,
            KeyValueOutcome.ETagDiffers => KeyValueErrors.ETagDiffers,
            KeyValueOutcome.TooLarge => KeyValueErrors.QuotaExceeded.Saying($"The key value store would have more than {options.Quotas.KeyValueStoreBytes} bytes."),
        };
    }

    private sealed record Target(string StoreId, KeyValueHead Head);
}
