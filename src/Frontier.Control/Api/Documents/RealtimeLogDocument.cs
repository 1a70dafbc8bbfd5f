// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Domain.RealtimeLogs;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>RealtimeLogConfig and the requests that carry its members (<c>api.md</c> §6.16, §9.1). Its lists have no Quantity (API-1.11).</summary>
internal static class RealtimeLogDocument
{
    private static readonly ImmutableArray<string> StreamTypes = ["Kinesis"];

    public static RealtimeLogSettings Read(ElementReader root) => Read(root, root.RequiredText("Name"));

    /// <summary>The members of an update, for the configuration that another member names.</summary>
    public static RealtimeLogSettings Read(ElementReader root, string name) => new(
        name,
        root.RequiredNumber("SamplingRate"),
        root.RequiredChild("EndPoints").Members(static point =>
        {
            var kinesis = point.RequiredChild("KinesisStreamConfig");
            return new LogEndPoint(point.RequiredWord("StreamType", StreamTypes), kinesis.RequiredText("RoleARN").Trim(), kinesis.RequiredText("StreamARN").Trim());
        }),
        root.RequiredChild("Fields").Members("Field", static field => field.Value.Trim()));

    /// <summary>The form that is stored; on the wire the ARN comes first.</summary>
    public static XElement WriteConfig(RealtimeLogSettings settings) => Write(null, settings);

    public static XElement Write(string? arn, RealtimeLogSettings settings, string element = "RealtimeLogConfig") => Element(
        element,
        Optional("ARN", arn),
        Element("Name", settings.Name),
        Element("SamplingRate", settings.SamplingRate),
        Element("EndPoints", settings.EndPoints.Select(static point => Element(
            "member",
            Element("StreamType", point.StreamType),
            Element("KinesisStreamConfig", Element("RoleARN", point.RoleArn), Element("StreamARN", point.StreamArn))))),
        Element("Fields", settings.Fields.Select(static field => Element("Field", field))));
}
