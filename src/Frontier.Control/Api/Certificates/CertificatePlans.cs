// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Api.Documents;
using Frontier.Control.Credentials;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Certificates;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Certificates;

/// <summary>Decides on changes to certificates of one of the two kinds, each of which has errors of its own.</summary>
internal sealed class CertificatePlans(ResourceKind kind, CertificateErrors errors, SecretSeal seal)
{
    /// <param name="quota">How many of the kind there may be.</param>
    /// <param name="now">When it is imported.</param>
    public Outcome<PlannedChange> PlanCreate(Catalogue catalogue, string id, CertificateParts parts, string? name, string path, ImmutableArray<TagRow> tags, int quota, DateTimeOffset now)
    {
        if (name is not null && Of(catalogue).Any(other => string.Equals(other.Settings.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            return errors.NameTaken.Saying($"There is a server certificate with the name {name} already.");
        }

        return FindExcess(catalogue, quota) is { } excess ? excess
            : Plan(ChangeVerb.Create, Seal(id, parts, now) with { Name = name, Path = path }, id, null, null) with { Tags = tags };
    }

    /// <summary>NB-6.3: another certificate under the same name. Edges that use it are told; it must do for whoever uses it.</summary>
    public Outcome<PlannedChange> PlanReimport(Catalogue catalogue, string id, CertificateParts parts)
    {
        if (Of(catalogue).FirstOrDefault(other => other.Id == id) is not { } current)
        {
            return errors.NotFound;
        }

        if (current.Settings.Issuance is not null)
        {
            return errors.Unfit.Saying("The certificate was requested, and is renewed by itself. Import yours without CertificateArn, and give its distributions the new ARN.");
        }

        var settings = Seal(id, parts, current.Settings.CreatedAt) with { Name = current.Settings.Name, Path = current.Settings.Path };
        foreach (var user in catalogue.Distributions.Where(distribution => CertificateUses.ForViewers(distribution.Settings.ViewerCertificate) == id))
        {
            if (ViewerCertificateValidation.FindFault(settings.Details, user.Settings.Aliases) is { } fault)
            {
                return errors.Unfit.Saying($"Distribution {user.Id} uses this certificate, and cannot use the new one. {fault}");
            }
        }

        return PlanUpdate(catalogue, current, settings);
    }

    /// <summary>One that an authority is to issue.</summary>
    public Outcome<PlannedChange> PlanRequest(Catalogue catalogue, string id, Issuance issuance, ImmutableArray<TagRow> tags, int quota) =>
        FindExcess(catalogue, quota) is { } excess ? excess : Plan(ChangeVerb.Create, CertificateSettings.Of(issuance), id, null, null) with { Tags = tags };

    /// <summary>How far a request or a renewal has come.</summary>
    /// <param name="etag">What the certificate was when that was found out.</param>
    /// <param name="issued">The certificate, once it is there: edges that use it are told.</param>
    public Outcome<PlannedChange> PlanIssuance(Catalogue catalogue, string id, string etag, Issuance issuance, CertificateParts? issued)
    {
        if (Of(catalogue).FirstOrDefault(other => other.Id == id) is not { } current || current.ETag != etag)
        {
            return errors.NotFound;
        }

        return issued is null
            ? Plan(ChangeVerb.Update, (current.Settings.IsIssued ? current.Settings : CertificateSettings.Of(issuance)) with { Issuance = issuance }, id, etag, null)
            : PlanUpdate(catalogue, current, Seal(id, issued, current.Settings.CreatedAt) with { Issuance = issuance });
    }

    /// <summary>The same certificate by another name.</summary>
    /// <param name="newPath">Null for that of before.</param>
    public Outcome<PlannedChange> PlanRename(Catalogue catalogue, string name, string newName, string? newPath)
    {
        if (Of(catalogue).FirstOrDefault(other => other.Settings.Name == name) is not { } current)
        {
            return errors.NotFound;
        }

        if (Of(catalogue).Any(other => other.Id != current.Id && string.Equals(other.Settings.Name, newName, StringComparison.OrdinalIgnoreCase)))
        {
            return errors.NameTaken.Saying($"There is a server certificate with the name {newName} already.");
        }

        var path = newPath ?? current.Settings.Path;
        return !ViewerCertificateValidation.IsForDistributions(path) && catalogue.UsersOfCertificate(current.Id).FirstOrDefault() is { } user
            ? errors.InUse.Saying($"Distribution {user.Id} uses the certificate, so its path must begin with {ViewerCertificateValidation.PathForDistributions}.")
            : PlanUpdate(catalogue, current, current.Settings with { Name = newName, Path = path });
    }

    public Outcome<PlannedChange> PlanDelete(Catalogue catalogue, Func<Resource<CertificateSettings>, bool> isMeant)
    {
        if (Of(catalogue).FirstOrDefault(isMeant) is not { } current)
        {
            return errors.NotFound;
        }

        var users = catalogue.UsersOfCertificate(current.Id).Select(static user => user.Id).ToList();
        return users.Count > 0
            ? errors.InUse.Saying($"The certificate is in use by {users.Count} distributions ({string.Join(", ", users.Take(3))}{(users.Count > 3 ? ", …" : "")}). Give them another one first.")
            : Plan(ChangeVerb.Delete, current.Settings, current.Id, current.ETag, null);
    }

    public IReadOnlyList<Resource<CertificateSettings>> Of(Catalogue catalogue) => kind == ResourceKind.Certificate ? catalogue.Certificates : catalogue.ServerCertificates;

    private ApiError? FindExcess(Catalogue catalogue, int quota) =>
        Of(catalogue).Count >= quota ? errors.TooMany.Saying($"There are {quota} certificates, as many as there may be. Delete those that are not in use.") : null;

    private PlannedChange PlanUpdate(Catalogue catalogue, Resource<CertificateSettings> current, CertificateSettings settings)
    {
        var planned = Plan(ChangeVerb.Update, settings, current.Id, current.ETag, null);
        var changed = new Resource<CertificateSettings>(current.Id, planned.Row.ETag, current.Time, null, settings);
        return catalogue.UsersOfCertificate(current.Id).Any() ? planned with { After = catalogue.With(changed) } : planned;
    }

    private CertificateSettings Seal(string id, CertificateParts parts, DateTimeOffset createdAt) =>
        new(parts.Certificate, parts.Chain, seal.Seal(id, parts.PrivateKey), createdAt, parts.Details);

    private PlannedChange Plan(ChangeVerb verb, CertificateSettings settings, string id, string? expectedETag, Catalogue? after) =>
        new(verb, new ResourceRow { Kind = kind, Id = id, Name = settings.Name, ETag = ResourceIds.NewETag(), Body = XmlText.Write(CertificateDocument.Write(settings)), ModifiedAt = default }, expectedETag, after)
        {
            NameTaken = errors.NameTaken,
            NotFound = errors.NotFound,
        };
}
