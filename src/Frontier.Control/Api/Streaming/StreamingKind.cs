// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Resources;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;
using Frontier.Control.Domain.Streaming;
using Frontier.Control.Domain.Validation;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Streaming;

/// <summary>Legacy streaming distributions (<c>api.md</c> §6.19).</summary>
internal static class StreamingKind
{
    public static VersionedKind<StreamingDistributionSettings> Of(ControlOptions options) => new()
    {
        Name = "StreamingDistribution",
        ListOperation = "ListStreamingDistributions",
        Path = "streaming-distribution",
        Resource = ResourceKind.StreamingDistribution,
        NewId = ResourceIds.NewId,
        NewDomainName = static domain => $"{ResourceIds.NewStreamingLabel()}.{domain}",
        Read = StreamingDistributionDocument.Read,
        WriteConfig = StreamingDistributionDocument.WriteConfig,
        Write = streaming => StreamingDistributionDocument.Write(streaming, options.AccountId),
        WriteSummary = streaming => StreamingDistributionDocument.WriteSummary(streaming, options.AccountId),
        IsListedAsFamilyA = true,
        Of = static catalogue => catalogue.StreamingDistributions,
        CallerReferenceOf = static settings => settings.CallerReference,
        AliasesOf = static settings => settings.Aliases,
        IsRepetition = static (made, asked) => XmlText.Write(StreamingDistributionDocument.WriteConfig(made)) == XmlText.Write(StreamingDistributionDocument.WriteConfig(asked)),
        Check = StreamingValidation.Check,
        CheckDelete = static (streaming, _) => streaming.Settings.Enabled ? ApiErrors.StreamingDistributionNotDisabled : null,
        Quota = static quotas => quotas.StreamingDistributions,
        NotFound = ApiErrors.NoSuchStreamingDistribution,
        AlreadyExists = ApiErrors.StreamingDistributionAlreadyExists,
        TooMany = ApiErrors.TooManyStreamingDistributions,
    };
}
