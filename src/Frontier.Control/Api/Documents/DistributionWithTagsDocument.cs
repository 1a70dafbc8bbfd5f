// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Documents;

/// <summary>DistributionConfigWithTags (API-6.3).</summary>
internal sealed record DistributionWithTagsDocument(DistributionSettings Settings, ImmutableArray<TagRow> Tags)
{
    public const string RootName = "DistributionConfigWithTags";

    public static DistributionWithTagsDocument Read(ElementReader root) =>
        new(DistributionReader.Read(root.RequiredChild("DistributionConfig")), TagsDocument.Read(root.RequiredChild("Tags")).Tags);
}
