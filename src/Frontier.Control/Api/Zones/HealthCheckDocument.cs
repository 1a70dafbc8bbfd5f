// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Zones;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>What UpdateHealthCheck is given: the version it is about, if any, and a way from the old settings to the new.</summary>
internal sealed record HealthCheckUpdate(long? Version, Func<HealthCheckSettings, HealthCheckSettings> Apply);

/// <summary>HealthCheck and what is built around it.</summary>
internal static class HealthCheckDocument
{
    private const string ConfigName = "HealthCheckConfig";
    private const string ChildrenName = "ChildHealthChecks";

    private static readonly ImmutableArray<string> Resettable = ["FullyQualifiedDomainName", "Regions", "ResourcePath", ChildrenName];

    public static HealthCheckSettings Read(ElementReader root)
    {
        var config = root.RequiredChild(ConfigName);
        var type = config.RequiredWord("Type", HealthCheckRules.Types);
        var isCalculated = type == HealthCheckRules.Calculated;
        var given = Merge(
            config,
            new HealthCheckSettings
            {
                CallerReference = root.RequiredText("CallerReference"),
                Type = type,
                Interval = config.OptionalInt("RequestInterval") ?? (isCalculated ? null : HealthCheckRules.DefaultInterval),
                MeasureLatency = config.Text("MeasureLatency") is not null && config.Flag("MeasureLatency"),
            });
        return given with
        {
            FailureThreshold = given.FailureThreshold ?? (isCalculated ? null : HealthCheckRules.DefaultFailures),
            EnableSni = given.EnableSni ?? (given.IsHttps ? true : null),
        };
    }

    public static HealthCheckUpdate ReadUpdate(ElementReader root)
    {
        // Read once for its faults: they are those of the body, whatever it is applied to.
        var resets = root.Child("ResetElements")?.Members("ResettableElementName", static name => name.Value.Trim()) ?? [];
        _ = Merge(root, new HealthCheckSettings { CallerReference = "", Type = HealthCheckRules.Types[0] });
        return new HealthCheckUpdate(root.Number("HealthCheckVersion"), settings => Merge(root, Reset(settings, resets)));
    }

    public static HealthCheckSettings ReadStored(ElementReader root) => Read(root) with { Version = root.RequiredNumber("HealthCheckVersion") };

    public static XElement WriteStored(HealthCheckSettings check) => Element(
        "HealthCheck", Element("CallerReference", check.CallerReference), WriteConfig(check), Element("HealthCheckVersion", check.Version));

    public static XElement Write(Resource<HealthCheckSettings> check) => Element(
        "HealthCheck",
        Element("Id", check.Id),
        Element("CallerReference", check.Settings.CallerReference),
        WriteConfig(check.Settings),
        Element("HealthCheckVersion", check.Settings.Version));

    /// <summary>DNS nodes stand where Route 53 has regions.</summary>
    public static XElement WriteObservation(HealthObservationRow observation) => Element(
        "HealthCheckObservation",
        Element("Region", observation.NodeId),
        Element("StatusReport", Element("Status", observation.Reason), Time("CheckedTime", observation.ObservedAt)));

    private static HealthCheckSettings Merge(ElementReader given, HealthCheckSettings before) => before with
    {
        Address = given.NonEmptyText("IPAddress") ?? before.Address,
        Port = given.OptionalInt("Port") ?? before.Port,
        Path = given.NonEmptyText("ResourcePath") ?? before.Path,
        Host = given.NonEmptyText("FullyQualifiedDomainName") ?? before.Host,
        SearchString = given.NonEmptyText("SearchString") ?? before.SearchString,
        FailureThreshold = given.OptionalInt("FailureThreshold") ?? before.FailureThreshold,
        IsInverted = given.Text("Inverted") is null ? before.IsInverted : given.Flag("Inverted"),
        IsDisabled = given.Text("Disabled") is null ? before.IsDisabled : given.Flag("Disabled"),
        HealthThreshold = given.OptionalInt("HealthThreshold") ?? before.HealthThreshold,
        Children = given.Child(ChildrenName)?.Members("ChildHealthCheck", static child => child.Value.Trim()) ?? before.Children,
        EnableSni = given.Text("EnableSNI") is null ? before.EnableSni : given.Flag("EnableSNI"),
        Regions = given.Child("Regions")?.Members("Region", static region => region.Value.Trim()) ?? before.Regions,
    };

    private static HealthCheckSettings Reset(HealthCheckSettings settings, ImmutableArray<string> names) => settings with
    {
        Host = names.Contains(Resettable[0]) ? null : settings.Host,
        Regions = names.Contains(Resettable[1]) ? [] : settings.Regions,
        Path = names.Contains(Resettable[2]) ? null : settings.Path,
        Children = names.Contains(Resettable[3]) ? [] : settings.Children,
    };

    private static XElement WriteConfig(HealthCheckSettings check) => Element(
        ConfigName,
        Optional("IPAddress", check.Address),
        Optional("Port", check.Port),
        Element("Type", check.Type),
        Optional("ResourcePath", check.Path),
        Optional("FullyQualifiedDomainName", check.Host),
        Optional("SearchString", check.SearchString),
        Optional("RequestInterval", check.Interval),
        Optional("FailureThreshold", check.FailureThreshold),
        check.IsCalculated ? null : Flag("MeasureLatency", check.MeasureLatency),
        Flag("Inverted", check.IsInverted),
        Flag("Disabled", check.IsDisabled),
        Optional("HealthThreshold", check.HealthThreshold),
        check.Children.IsEmpty ? null : Element(ChildrenName, check.Children.Select(static child => Element("ChildHealthCheck", child))),
        check.EnableSni is { } sni ? Flag("EnableSNI", sni) : null);
}
