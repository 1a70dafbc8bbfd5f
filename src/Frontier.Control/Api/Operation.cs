// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api;

/// <summary>One operation of the API: how it is recognised and who answers it.</summary>
/// <param name="Template">Below the API version, variables in braces; after a question mark the query parameter (or <c>name=value</c>) that must be there.</param>
/// <param name="RequestRoot">The root element of its body; null when it takes none.</param>
/// <param name="Handler">Null for operations that are recognised and not implemented.</param>
internal sealed record Operation(string Name, string Method, string Template, string? RequestRoot, int SuccessStatus, Func<ApiRequest, CancellationToken, Task<ApiResponse>>? Handler)
{
    /// <summary>Whether a slash may follow the path: older models of the API, and the clients made from them, have one.</summary>
    public bool MayEndInSlash { get; init; }

    /// <summary>The service by which policies of AWS call it.</summary>
    public string Service { get; init; } = "cloudfront";

    /// <summary>Whether it changes nothing, which its name says, as AWS's managed read-only policies have it.</summary>
    public bool IsRead { get; init; } = Name.StartsWith("Get", StringComparison.Ordinal) || Name.StartsWith("List", StringComparison.Ordinal) || Name.StartsWith("Describe", StringComparison.Ordinal);
}
