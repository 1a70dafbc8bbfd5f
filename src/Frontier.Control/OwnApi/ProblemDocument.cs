// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.OwnApi;

/// <summary>An error as RFC 9457 has it, <c>application/problem+json</c>.</summary>
/// <param name="Type">A name for the kind of error, <c>urn:frontier:error:</c> and the code.</param>
/// <param name="Title">The code, as CloudFront's API names it.</param>
/// <param name="Status">That of the response.</param>
/// <param name="Detail">What is wrong, and what to do.</param>
/// <param name="RequestId">What the log of the control plane calls this request.</param>
public sealed record ProblemDocument(string Type, string Title, int Status, string Detail, string RequestId);
