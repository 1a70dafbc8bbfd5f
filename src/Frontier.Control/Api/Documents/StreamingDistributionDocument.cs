// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Resources;
using Frontier.Control.Domain.Streaming;
using Frontier.Control.Store;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>StreamingDistributionConfigWithTags (<c>api.md</c> §6.19).</summary>
internal sealed record StreamingWithTagsDocument(StreamingDistributionSettings Settings, ImmutableArray<TagRow> Tags)
{
    public const string RootName = "StreamingDistributionConfigWithTags";

    public static StreamingWithTagsDocument Read(ElementReader root) =>
        new(StreamingDistributionDocument.Read(root.RequiredChild("StreamingDistributionConfig")), TagsDocument.Read(root.RequiredChild("Tags")).Tags);
}

/// <summary>StreamingDistributionConfig and what is built around it (<c>api.md</c> §9.1).</summary>
internal static class StreamingDistributionDocument
{
    /// <summary>No edge has to learn of one, so it is where it should be from the start.</summary>
    private const string Status = "Deployed";

    public static StreamingDistributionSettings Read(ElementReader root)
    {
        var origin = root.RequiredChild("S3Origin");
        return new StreamingDistributionSettings
        {
            CallerReference = root.RequiredText("CallerReference"),
            DomainName = origin.RequiredText("DomainName").Trim(),
            OriginAccessIdentity = origin.RequiredText("OriginAccessIdentity").Trim(),
            Aliases = root.List("Aliases", "CNAME", static cname => cname.Value.Trim().ToLowerInvariant()),
            Comment = root.RequiredText("Comment"),
            Logging = root.Child("Logging") is { } logging ? ReadLogging(logging) : new StreamingLogging(false, "", ""),
            TrustedSigners = ReadSigners(root.RequiredChild("TrustedSigners")),
            PriceClass = root.Word("PriceClass", Vocabulary.PriceClass, "PriceClass_All"),
            Enabled = root.RequiredFlag("Enabled"),
        };
    }

    public static XElement WriteConfig(StreamingDistributionSettings settings) => Element(
        "StreamingDistributionConfig",
        Element("CallerReference", settings.CallerReference),
        Element("S3Origin", Element("DomainName", settings.DomainName), Element("OriginAccessIdentity", settings.OriginAccessIdentity)),
        Aliases(settings),
        Element("Comment", settings.Comment),
        Element(
            "Logging",
            Flag("Enabled", settings.Logging.Enabled),
            Element("Bucket", settings.Logging.Bucket),
            Element("Prefix", settings.Logging.Prefix)),
        TrustedSigners(settings),
        Element("PriceClass", settings.PriceClass),
        Flag("Enabled", settings.Enabled));

    public static XElement Write(Resource<StreamingDistributionSettings> streaming, string accountId) => Element(
        "StreamingDistribution",
        Element("Id", streaming.Id),
        Element("ARN", Arn.OfStreamingDistribution(accountId, streaming.Id)),
        Element("Status", Status),
        Time("LastModifiedTime", streaming.Time),
        Element("DomainName", streaming.DomainName!),
        Element(
            "ActiveTrustedSigners",
            Flag("Enabled", streaming.Settings.TrustedSigners.Enabled),
            Items(streaming.Settings.TrustedSigners.Items, static signer => Element("Signer", Element("AwsAccountNumber", signer)))),
        WriteConfig(streaming.Settings));

    public static XElement WriteSummary(Resource<StreamingDistributionSettings> streaming, string accountId) => Element(
        "StreamingDistributionSummary",
        Element("Id", streaming.Id),
        Element("ARN", Arn.OfStreamingDistribution(accountId, streaming.Id)),
        Element("Status", Status),
        Time("LastModifiedTime", streaming.Time),
        Element("DomainName", streaming.DomainName!),
        Element("S3Origin", Element("DomainName", streaming.Settings.DomainName), Element("OriginAccessIdentity", streaming.Settings.OriginAccessIdentity)),
        Aliases(streaming.Settings),
        TrustedSigners(streaming.Settings),
        Element("Comment", streaming.Settings.Comment),
        Element("PriceClass", streaming.Settings.PriceClass),
        Flag("Enabled", streaming.Settings.Enabled));

    private static StreamingLogging ReadLogging(ElementReader logging)
    {
        var enabled = logging.RequiredFlag("Enabled");
        var (bucket, prefix) = (logging.RequiredText("Bucket"), logging.RequiredText("Prefix"));
        return new StreamingLogging(enabled, enabled ? bucket : "", enabled ? prefix : "");
    }

    private static SignerList ReadSigners(ElementReader signers) =>
        new(signers.RequiredFlag("Enabled"), signers.Items("AwsAccountNumber", static signer => signer.Value.Trim()));

    private static XElement Aliases(StreamingDistributionSettings settings) => List("Aliases", settings.Aliases, "CNAME");

    private static XElement TrustedSigners(StreamingDistributionSettings settings) => Element(
        "TrustedSigners",
        Flag("Enabled", settings.TrustedSigners.Enabled),
        Items(settings.TrustedSigners.Items, static signer => Element("AwsAccountNumber", signer)));
}
