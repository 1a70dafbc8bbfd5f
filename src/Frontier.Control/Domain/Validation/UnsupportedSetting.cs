// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Validation;

/// <param name="ElementPath">The element as <c>api.md</c> §9 nests it, e.g. <c>DistributionConfig.CacheBehavior.Compress</c>; CacheBehavior stands for the default one too.</param>
/// <param name="Reason">Why it is refused and what to use instead.</param>
public sealed record UnsupportedSetting(string ElementPath, string Reason);
