// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>A place in a message that is being written, to go back to.</summary>
internal readonly record struct MessageMark(int Length, int Answers, int Authorities, int Additionals);
