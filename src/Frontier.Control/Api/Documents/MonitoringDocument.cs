// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Domain.Monitoring;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>MonitoringSubscription (API-6.18).</summary>
internal static class MonitoringDocument
{
    public const string RootName = "MonitoringSubscription";

    private static readonly ImmutableArray<string> Statuses = ["Enabled", "Disabled"];

    public static MonitoringSettings Read(ElementReader root) =>
        new(root.RequiredChild("RealtimeMetricsSubscriptionConfig").RequiredWord("RealtimeMetricsSubscriptionStatus", Statuses));

    public static XElement Write(MonitoringSettings settings) => Element(
        RootName, Element("RealtimeMetricsSubscriptionConfig", Element("RealtimeMetricsSubscriptionStatus", settings.Status)));
}
