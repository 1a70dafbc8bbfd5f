// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Tests;

/// <summary>Tests that measure the process run while nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
