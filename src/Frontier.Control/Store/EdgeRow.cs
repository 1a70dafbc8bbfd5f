// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>An edge that was in service when last noted. Kept so that after a restart nothing counts as deployed before the edges of before have been heard again.</summary>
public sealed record EdgeRow(string EdgeId, string Pop);
