// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Scenarios.Harness;

/// <summary>A distribution as its owner knows it.</summary>
internal sealed record Site(string Id, string Arn, string Domain);
