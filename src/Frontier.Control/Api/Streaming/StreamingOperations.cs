// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Api.Resources;
using Frontier.Control.Api.Tags;
using Frontier.Control.Domain.Streaming;

namespace Frontier.Control.Api.Streaming;

/// <summary>What streaming distributions can beside what every versioned resource can: come with tags (<c>api.md</c> §6.19).</summary>
internal sealed class StreamingOperations(VersionedOperations<StreamingDistributionSettings> streaming, ControlOptions options)
{
    public IReadOnlyList<Operation> Table =>
    [
        new("CreateStreamingDistributionWithTags", "POST", "/streaming-distribution?WithTags", StreamingWithTagsDocument.RootName, 201, CreateWithTagsAsync),
    ];

    public async Task<ApiResponse> CreateWithTagsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        if (request.Read(StreamingWithTagsDocument.Read).Failed(out var error, out var document))
        {
            return error;
        }

        return TagRules.Check(document.Tags, options.Quotas.TagsPerResource) is { } fault ? fault : await streaming.CreateAsync(document.Settings, document.Tags, cancellationToken);
    }
}
