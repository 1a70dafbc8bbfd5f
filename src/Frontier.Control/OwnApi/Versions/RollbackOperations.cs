// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.Api;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Planning;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Frontier.Control.Versions;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>Takes a distribution back to what it was, by a new version that says the same as an older one.</summary>
internal sealed class RollbackOperations(IControlStore store, VersionHistory history, Publisher publisher, LintLog lint, ControlOptions options)
{
    /// <summary>Far more changes than come between a commit and the look at it: changes take turns.</summary>
    private const int LookedThrough = 100;

    private readonly DistributionPlans _plans = new(options);

    public IEnumerable<OwnRoute> Routes =>
    [
        new("RollBack", "POST", "distributions/{Id}/rollback", "Take a distribution back to an earlier version", Changes: true, RollBackAsync)
        {
            Description =
                "Makes a new version that says the same as an older one, checked as UpdateDistribution checks it and deployed as any change is. Without a body it returns to the version "
                + "before the present one, and is refused should somebody change the distribution meanwhile.",
            TakesIfMatch = true,
            Body = OwnJson.Default.RollbackDocument,
            BodyIsOptional = true,
            Answer = OwnJson.Default.RolledBackDocument,
            Errors = [ApiErrors.NoSuchDistribution, VersionErrors.NoSuchVersion, VersionErrors.VersionIsPresent, ApiErrors.PreconditionFailed, ApiErrors.InvalidIfMatchVersion],
        },
    ];

    private async Task<ApiResponse> RollBackAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (OwnBody.Read(request, OwnJson.Default.RollbackDocument, new RollbackDocument()).Failed(out var error, out var wanted)
            || (await history.FindNewestAsync(request.Id, cancellationToken)).Failed(out error, out var newest))
        {
            return error;
        }

        var number = wanted.Version ?? newest.Number - 1;
        if (Refuse(number, newest) is { } refusal)
        {
            return refusal;
        }

        if ((await history.FindAsync(request.Id, newest, number, cancellationToken)).Failed(out error, out var target))
        {
            return error;
        }

        // "The one before" means another one once somebody changed the distribution.
        var ifMatch = request.IfMatch ?? (wanted.Version is null ? newest.ETag : null);
        return (await RestoreAsync(request.Id, ifMatch, target, cancellationToken)).Failed(out error, out var row) ? error : await RespondAsync(request.Id, row, target, cancellationToken);
    }

    /// <summary>Makes a new version of a distribution that says what its newest one of that time said.</summary>
    /// <param name="at">When; the version must be kept still, and be an older one than <paramref name="ifMatch"/>.</param>
    /// <param name="ifMatch">The ETag that the distribution must have.</param>
    public async Task<Outcome<ResourceRow>> RestoreAsync(string id, DateTimeOffset at, string ifMatch, CancellationToken cancellationToken)
    {
        if ((await history.FindNewestAsync(id, cancellationToken)).Failed(out var error, out var newest))
        {
            return error;
        }

        if (await FindAsOfAsync(id, at, cancellationToken) is not { } number)
        {
            return VersionErrors.NoSuchVersion.Saying($"Distribution {id} was not there before, or its version of then is kept no more. Disable it, or change it back yourself.");
        }

        return (await history.FindAsync(id, newest, number, cancellationToken)).Failed(out error, out var target) ? error : await RestoreAsync(id, ifMatch, target, cancellationToken);
    }

    private async Task<Outcome<ResourceRow>> RestoreAsync(string id, string? ifMatch, KeptVersion target, CancellationToken cancellationToken)
    {
        var changed = await publisher.ChangeAsync(catalogue => Plan(catalogue, id, ifMatch, target), cancellationToken);
        if (changed.Error is null)
        {
            lint.Report(id);
        }

        return changed;
    }

    /// <summary>The number of the newest version made by then; null for none.</summary>
    public async Task<long?> FindAsOfAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var before = long.MaxValue;
        while (await store.ListVersionsAsync(ResourceKind.Distribution, id, before, LookedThrough, cancellationToken) is { IsEmpty: false } versions)
        {
            if (versions.FirstOrDefault(version => version.CreatedAt <= at) is { } found)
            {
                return found.Number;
            }

            before = versions[^1].Number;
        }

        return null;
    }

    private static ApiError? Refuse(long number, VersionHead newest) =>
        number == newest.Number ? VersionErrors.VersionIsPresent.Saying(string.Create(CultureInfo.InvariantCulture, $"Version {number} is the present one; name an earlier version."))
        : number == 0 && newest.Number == 1 ? VersionErrors.NoSuchVersion.Saying("The distribution has one version only: there is nothing to go back to.")
        : null;

    private Outcome<PlannedChange> Plan(Catalogue catalogue, string id, string? ifMatch, KeptVersion target)
    {
        if (catalogue.FindDistribution(id) is not { } current)
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (Preconditions.Check(ifMatch ?? current.ETag, current.ETag) is { } refused)
        {
            return refused == ApiErrors.PreconditionFailed ? refused.Saying("The distribution was changed meanwhile and nothing was rolled back. Look at its history, and try again.") : refused;
        }

        return _plans.PlanUpdate(catalogue, id, current.ETag, target.Settings).Failed(out var fault, out var planned)
            ? fault.Saying(string.Create(CultureInfo.InvariantCulture, $"Version {target.Head.Number} would not be accepted today: {fault.Message} Put that right, or choose another version."))
            : planned with { RestoredFrom = target.Head.Number };
    }

    private async Task<ApiResponse> RespondAsync(string id, ResourceRow row, KeptVersion target, CancellationToken cancellationToken)
    {
        var versions = await store.ListVersionsAsync(ResourceKind.Distribution, id, long.MaxValue, LookedThrough, cancellationToken);
        if (versions?.FirstOrDefault(version => version.ETag == row.ETag) is not { } made)
        {
            return ApiErrors.NoSuchDistribution; // deleted at once: there is nothing left to tell of
        }

        if ((await history.FindAsync(id, made, made.Number - 1, cancellationToken)).Failed(out var error, out var before))
        {
            return error;
        }

        var changes = DocumentDiff.Between(DistributionWriter.Write(before.Settings), DistributionWriter.Write(target.Settings));
        return new ApiResponse { Content = ApiContent.OfJson(new RolledBackDocument(id, VersionOperations.ToDocument(made), changes), OwnJson.Default.RolledBackDocument), ETag = row.ETag };
    }
}
