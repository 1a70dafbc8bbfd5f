// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Benchmarks;

/// <summary>One step of a request that is measured by itself.</summary>
/// <param name="Run">Does it this many times, on the calling thread alone.</param>
internal sealed record Benchmark(string Name, string What, Action<int> Run);
