// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Explaining;

/// <summary>The request as the edge took it.</summary>
/// <param name="Target">As requested, before the default root object.</param>
/// <param name="Client">The address the request is taken to come from.</param>
/// <param name="Live">Whether it was really served.</param>
public sealed record ExplainedRequest(string Method, string Host, string Target, bool Https, string HttpVersion, string Client, bool Live);
