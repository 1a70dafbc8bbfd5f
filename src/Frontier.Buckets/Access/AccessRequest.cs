// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Buckets.Access;

/// <summary>What a policy is asked: may this caller do this to that?</summary>
/// <param name="Action">For example <c>s3:GetObject</c>.</param>
/// <param name="Resource">The ARN of the bucket or of the object in it.</param>
/// <param name="Context">The values of condition keys, by name in lower case.</param>
internal sealed record AccessRequest(Caller Caller, string Action, string Resource, IReadOnlyDictionary<string, string> Context);
