// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Frontier.Control.Api.Distributions;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Decisions.Linting;
using Frontier.Decisions.Planning;

namespace Frontier.Control.Planning;

/// <summary>
/// Judges a configuration against one state of the catalogue as if it were sent, and changes nothing: the checks are those of
/// the API, the compilers those of publisher and edge, the replay runs what edges run. Pure.
/// </summary>
internal sealed class Planner(ControlOptions options)
{
    private readonly DistributionPlans _plans = new(options);

    /// <param name="id">Null for the distribution with the configuration's CallerReference, or a new one.</param>
    public Outcome<PlanDocument> Plan(Catalogue catalogue, string? id, PlanRequest request)
    {
        var current = id is null ? null : catalogue.FindDistribution(id);
        if (id is not null && current is null)
        {
            return ApiErrors.NoSuchDistribution;
        }

        if (ReadDocument(request).Failed(out var error, out var document))
        {
            return error;
        }

        if (ElementReader.ReadRoot(document, DistributionReader.Read).Failed(out var refusal, out var settings))
        {
            return Refused(current, refusal);
        }

        current ??= FindByReference(catalogue, settings);
        return Compile(catalogue, current, settings).Failed(out refusal, out var after) ? Refused(current, refusal)
            : current is null ? Compare(null, null, after, request.Log)
            : PlannedSide.Compile(catalogue, current.Id, options).Failed(out error, out var before) ? error
            : Compare(current, before, after, request.Log);
    }

    /// <summary>What the linter says of a configuration; it may be that of a distribution there is, or of a new one.</summary>
    public Outcome<LintDocument> Lint(Catalogue catalogue, PlanRequest request)
    {
        if (ReadDocument(request).Failed(out var error, out var document))
        {
            return error;
        }

        if (ElementReader.ReadRoot(document, DistributionReader.Read).Failed(out var refusal, out var settings))
        {
            return new LintDocument { Refused = ToFault(refusal) };
        }

        var current = FindByReference(catalogue, settings);
        return Compile(catalogue, current, settings).Failed(out refusal, out var side)
            ? new LintDocument { DistributionId = current?.Id, Refused = ToFault(refusal) }
            : new LintDocument { DistributionId = current?.Id, Findings = DistributionLint.Check(side.Config, side.Model) };
    }

    /// <summary>The same of a distribution as it is.</summary>
    public Outcome<LintDocument> Lint(Catalogue catalogue, string id) =>
        catalogue.FindDistribution(id) is null ? ApiErrors.NoSuchDistribution
        : PlannedSide.Compile(catalogue, id, options).Failed(out var error, out var side) ? error
        : new LintDocument { DistributionId = id, Findings = DistributionLint.Check(side.Config, side.Model) };

    private Outcome<PlannedSide> Compile(Catalogue catalogue, Distribution? current, DistributionSettings settings)
    {
        var planned = current is null ? _plans.PlanCreate(catalogue, settings, []) : _plans.PlanUpdate(catalogue, current.Id, current.ETag, settings);
        return planned.Failed(out var error, out var change) ? error : PlannedSide.Compile(change.After!, change.Row.Id, options);
    }

    private static PlanDocument Compare(Distribution? current, PlannedSide? before, PlannedSide after, IReadOnlyList<string> log)
    {
        var were = before is null ? ImmutableArray<LintFinding>.Empty : DistributionLint.Check(before.Config, before.Model);
        var are = DistributionLint.Check(after.Config, after.Model);
        return new PlanDocument
        {
            DistributionId = current?.Id,
            ETag = current?.ETag,
            Settings = DistributionDifference.OfSettings(before?.Settings, after.Settings),
            Behaviors = DistributionDifference.OfBehaviors(before, after),
            NewFindings = [.. are.Where(finding => !were.Any(finding.IsAbout))],
            KeptFindings = [.. are.Where(finding => were.Any(finding.IsAbout))],
            GoneFindings = [.. were.Where(finding => !are.Any(finding.IsAbout))],
            Replay = before is null || log.Count == 0 ? null : Replay(before, after, log),
        };
    }

    private static ReplaySummary Replay(PlannedSide before, PlannedSide after, IReadOnlyList<string> log)
    {
        var replay = new LogReplay(before.Model, after.Model, new LogLineReader());
        foreach (var line in log)
        {
            replay.Add(line);
        }

        return replay.Summary;
    }

    private static Outcome<XElement> ReadDocument(PlanRequest request) => (request.DistributionConfig, request.DistributionConfigXml) switch
    {
        ({ } json, null) => DistributionJson.ToXml(JsonElement.Parse(json.ToJsonString())),
        (null, { } xml) => XmlBody.Parse(Encoding.UTF8.GetBytes(xml), DistributionWriter.RootName),
        _ => ApiErrors.InvalidArgument.Saying("Give the configuration as distributionConfig, in the JSON of the AWS CLI, or as distributionConfigXml, and not both."),
    };

    private static Distribution? FindByReference(Catalogue catalogue, DistributionSettings settings) =>
        catalogue.Distributions.FirstOrDefault(distribution => distribution.Settings.CallerReference == settings.CallerReference);

    private static PlanDocument Refused(Distribution? current, ApiError error) => new() { DistributionId = current?.Id, ETag = current?.ETag, Refused = ToFault(error) };

    private static PlannedFault ToFault(ApiError error) => new(error.Code, error.Message);
}
