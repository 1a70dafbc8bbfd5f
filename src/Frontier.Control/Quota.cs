// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control;

/// <summary>One number of <see cref="Quotas"/>, as an operator knows it.</summary>
/// <param name="Name">Lower case with hyphens.</param>
/// <param name="Most">What an operator may set it to; from 0.</param>
public sealed record Quota(string Name, string Meaning, int Most, Func<Quotas, int> Of, Func<Quotas, int, Quotas> With);
