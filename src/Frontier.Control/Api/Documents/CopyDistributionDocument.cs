// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api.Documents;

/// <summary>CopyDistributionRequest (API-6.4). A copy is enabled unless the request says otherwise.</summary>
internal sealed record CopyDistributionDocument(string CallerReference, bool Enabled)
{
    public const string RootName = "CopyDistributionRequest";

    public static CopyDistributionDocument Read(ElementReader root) => new(root.RequiredText("CallerReference"), root.NonEmptyText("Enabled") is null || root.Flag("Enabled"));
}
