// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Names;

namespace Frontier.Control.Api.RealtimeLogs;

/// <summary>Which real-time log configuration a request is about: by name, or by ARN, which wins when both are there (API-6.17).</summary>
internal sealed record RealtimeLogTarget(string? Name, string? ResourceArn)
{
    public static RealtimeLogTarget Read(ElementReader root) => Read(root, "Name", "ARN");

    public static RealtimeLogTarget Read(ElementReader root, string name, string arn) => new(root.NonEmptyText(name), root.NonEmptyText(arn)?.Trim());

    /// <summary>The name that is meant. That there is such a configuration is not checked.</summary>
    public Outcome<string> FindName(string accountId)
    {
        if (ResourceArn is null)
        {
            return Name is { } name ? name : ApiErrors.InvalidArgument.Saying("The name or the ARN of a real-time log configuration is required.");
        }

        if (!Arn.TryParse(ResourceArn, out var account, out var type, out var id))
        {
            return ApiErrors.InvalidArgument.Saying("The parameter ARN is not a CloudFront ARN.");
        }

        return account == accountId && type == Arn.RealtimeLogType ? id : ApiErrors.NoSuchRealtimeLogConfig;
    }
}
