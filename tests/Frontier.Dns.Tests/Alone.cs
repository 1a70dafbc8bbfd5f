// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Tests;

/// <summary>Tests that measure the process run while nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
