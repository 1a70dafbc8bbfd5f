// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Api;
using Frontier.Control.Auditing;
using Frontier.Control.Credentials;
using Frontier.Control.Domain;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.OwnApi;

/// <summary>The access keys of the store. A secret is told once, to whoever made its key.</summary>
internal sealed class AccessKeyOperations(IAccessKeyStore store, AccessKeyRing ring, TimeProvider time)
{
    /// <summary>How many keys the store may have: every process holds them all in memory.</summary>
    public const int MostKeys = 1_000;

    private const int LongestDescription = 256;
    private const string Active = "Active";
    private const string Inactive = "Inactive";

    private static readonly ApiError NotFound = new("NoSuchAccessKey", 404, "");
    private static readonly ApiError Conflict = new("ConflictException", 409, "");
    private static readonly ApiError TooMany = new("LimitExceededException", 400, $"There are {MostKeys} access keys already. Delete those that nobody uses.");

    public IEnumerable<OwnRoute> Routes =>
    [
        new("ListAccessKeys", "GET", "keys", "The access keys, without their secrets", Changes: false, ListAsync) { Answer = OwnJson.Default.AccessKeyListDocument },
        new("CreateAccessKey", "POST", "keys", "Makes an access key; the answer tells its secret, once", Changes: true, CreateAsync)
        {
            SuccessStatus = 201,
            Body = OwnJson.Default.CreateAccessKeyDocument,
            Answer = OwnJson.Default.AccessKeyDocument,
            Errors = [Conflict, TooMany],
        },
        new("UpdateAccessKey", "PUT", "keys/{Id}", "Makes an access key active or inactive", Changes: true, UpdateAsync)
        {
            Body = OwnJson.Default.UpdateAccessKeyDocument,
            Answer = OwnJson.Default.AccessKeyDocument,
            Errors = [NotFound, Conflict],
        },
        new("DeleteAccessKey", "DELETE", "keys/{Id}", "Deletes an access key", Changes: true, DeleteAsync) { SuccessStatus = 204, Errors = [NotFound, Conflict] },
    ];

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAccessKeysAsync(cancellationToken);
        var given = ring.Given.OrderBy(static key => key.Id, StringComparer.Ordinal)
            .Select(static key => new AccessKeyDocument(key.Id, nameof(AccessKeyRole.Admin), Active, "", "Start"));
        return Respond(new AccessKeyListDocument([.. given, .. stored.Keys.Select(row => ToDocument(row))]), OwnJson.Default.AccessKeyListDocument);
    }

    private async Task<ApiResponse> CreateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (OwnBody.Read(request, OwnJson.Default.CreateAccessKeyDocument).Failed(out var error, out var document))
        {
            return error;
        }

        if (!TryReadRole(document.Role, out var role))
        {
            return ApiErrors.InvalidArgument.Saying($"role must be \"{nameof(AccessKeyRole.Admin)}\" or \"{nameof(AccessKeyRole.ReadOnly)}\".");
        }

        var description = document.Description ?? "";
        if (description.Length > LongestDescription || description.Any(char.IsControl))
        {
            return ApiErrors.InvalidArgument.Saying($"description may have {LongestDescription} characters, and no control characters.");
        }

        await ring.RefreshAsync(cancellationToken);
        if (!ring.Unreadable.IsEmpty)
        {
            return Conflict.Saying("The store has access keys that another key file sealed. Start every control plane with the same --key-file, and make keys then.");
        }

        var key = NewKey();
        var row = new AccessKeyRow
        {
            Id = key.Id,
            Role = role,
            IsActive = true,
            Description = description,
            CreatedAt = time.GetUtcNow(),
            SealedSecret = ring.Seal(key),
        };
        var response = await ChangeAsync(new AccessKeyChange { Verb = ChangeVerb.Create, Row = row, Limit = MostKeys });
        return response.Error is null ? Respond(ToDocument(row) with { Secret = key.Secret }, OwnJson.Default.AccessKeyDocument) : response;
    }

    private async Task<ApiResponse> UpdateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindAddressed(request).Failed(out var error, out var row) || OwnBody.Read(request, OwnJson.Default.UpdateAccessKeyDocument).Failed(out error, out var document))
        {
            return error;
        }

        return document.Status is Active or Inactive
            ? await ChangeAsync(new AccessKeyChange { Verb = ChangeVerb.Update, Row = row with { IsActive = document.Status == Active } })
            : ApiErrors.InvalidArgument.Saying($"status must be \"{Active}\" or \"{Inactive}\".");
    }

    private async Task<ApiResponse> DeleteAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (FindAddressed(request).Failed(out var error, out var row))
        {
            return error;
        }

        var response = await ChangeAsync(new AccessKeyChange { Verb = ChangeVerb.Delete, Row = row });
        return response.Error is null ? ApiResponse.Empty : response;
    }

    /// <summary>Not cancelled with the caller: what is committed must hold in this process at once.</summary>
    private async Task<ApiResponse> ChangeAsync(AccessKeyChange change)
    {
        var changed = await store.ChangeAccessKeyAsync(change with { Audit = AuditScope.Current }, CancellationToken.None);
        if (changed.Outcome == AccessKeyOutcome.Applied)
        {
            await ring.RefreshAsync(CancellationToken.None);
        }

        return changed.Outcome switch
        {
            AccessKeyOutcome.Applied => Respond(ToDocument(changed.Row!), OwnJson.Default.AccessKeyDocument),
            AccessKeyOutcome.NotFound => NotFound.Saying($"There is no access key {change.Row.Id}."),
            AccessKeyOutcome.TooMany => TooMany,
            AccessKeyOutcome.LastAdmin => Conflict.Saying($"{change.Row.Id} is the last active admin key in the store. Make another one first, and let its callers change to that."),
        };
    }

    /// <summary>What is known of the key that the path names before the store is asked.</summary>
    private Outcome<AccessKeyRow> FindAddressed(ApiRequest request) => ring.IsGiven(request.Id)
        ? Conflict.Saying($"{request.Id} was given to this process at its start, and is changed there: with --access-key, or by deleting the file secrets/access-key in its data directory.")
        : new AccessKeyRow { Id = request.Id, Role = default, IsActive = false, Description = "", CreatedAt = default, SealedSecret = "" };

    private AccessKeyDocument ToDocument(AccessKeyRow row) => new(
        row.Id, row.Role.ToString(), ring.Unreadable.Contains(row.Id) ? "Unreadable" : row.IsActive ? Active : Inactive, row.Description, "Store", row.CreatedAt, row.UsedAt);

    private static AccessKey NewKey() => new(
        "FK" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 18),
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40));

    /// <summary>By name alone: a number would be one to <see cref="Enum"/>.</summary>
    private static bool TryReadRole(string? text, out AccessKeyRole role)
    {
        role = text == nameof(AccessKeyRole.Admin) ? AccessKeyRole.Admin : AccessKeyRole.ReadOnly;
        return text == role.ToString();
    }

    private static ApiResponse Respond<T>(T document, JsonTypeInfo<T> type) => new() { Content = ApiContent.OfJson(document, type) };
}
