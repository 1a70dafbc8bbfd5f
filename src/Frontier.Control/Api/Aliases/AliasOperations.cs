// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain;
using Frontier.Control.Planning;
using Frontier.Control.Publishing;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Aliases;

/// <summary>AssociateAlias and ListConflictingAliases (<c>api.md</c> §6.1, API-6.6, API-6.7).</summary>
internal sealed class AliasOperations(CatalogueLoader loader, Publisher publisher, LintLog lint, ControlOptions options)
{
    private const int LongestAlias = 253;
    private const int LongestDistributionId = 25;

    /// <summary>Characters at the end of an id or account that are shown: enough to know one's own, too few to use another's.</summary>
    private const int Shown = 7;

    private readonly AliasPlans _plans = new(options);

    public IReadOnlyList<Operation> Table =>
    [
        new("AssociateAlias", "PUT", "/distribution/{Id}/associate-alias", null, 200, AssociateAsync),
        new("ListConflictingAliases", "GET", "/conflicting-alias", null, 200, ListConflictingAsync),
    ];

    public async Task<ApiResponse> AssociateAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (ReadAlias(request).Failed(out var error, out var alias))
        {
            return error;
        }

        var changed = await publisher.ChangeAsync(catalogue => _plans.PlanAssociation(catalogue, request.Id, alias), cancellationToken);
        if (changed.Failed(out error, out _))
        {
            return error;
        }

        lint.Report(request.Id);
        return ApiResponse.Empty;
    }

    /// <summary>Those of other distributions: the named distribution is whose owner asks.</summary>
    public async Task<ApiResponse> ListConflictingAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.QueryValue("DistributionId") ?? "";
        if (ReadAlias(request).Failed(out var error, out var alias) || Paging.Read(request).Failed(out error, out var paging))
        {
            return error;
        }

        if (id.Length is 0 or > LongestDistributionId)
        {
            return ApiErrors.InvalidArgument.Saying($"The parameter DistributionId must have 1 to {LongestDistributionId} characters.");
        }

        var catalogue = await loader.LoadAsync(cancellationToken);
        if (catalogue.FindDistribution(id) is null)
        {
            return ApiErrors.NoSuchDistribution;
        }

        var found = catalogue.Distributions.Where(other => other.Id != id)
            .SelectMany(static other => other.Settings.Aliases, static (other, name) => (Name: name, other.Id))
            .Where(pair => AliasOverlap.Overlap(alias, pair.Name)).ToList();
        return paging.WriteFamilyB("ConflictingAliasesList", found, static pair => pair.Name, pair => Write(pair.Name, pair.Id)).Failed(out error, out var root) ? error : root;
    }

    private static Outcome<string> ReadAlias(ApiRequest request) =>
        request.QueryValue("Alias")?.Trim().ToLowerInvariant() is { Length: > 0 and <= LongestAlias } alias
            ? alias
            : ApiErrors.InvalidArgument.Saying($"The parameter Alias must have 1 to {LongestAlias} characters.");

    private static string Mask(string text) => new string('*', Math.Max(0, text.Length - Shown)) + text[^Math.Min(Shown, text.Length)..];

    private XElement Write(string alias, string distributionId) => Element(
        "ConflictingAlias", Element("Alias", alias), Element("DistributionId", Mask(distributionId)), Element("AccountId", Mask(options.AccountId)));
}
