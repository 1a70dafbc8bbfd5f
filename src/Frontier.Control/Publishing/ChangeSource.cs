// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Publishing;

/// <summary>Where a change comes from: the access key that signed the call, and the API's name for the operation.</summary>
internal sealed record ChangeSource(string AccessKeyId, string Operation);
