// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>The twelve bytes that every message begins with (RFC 1035 §4.1.1).</summary>
internal static class Header
{
    public const int Length = 12;

    public const int FlagsAt = 2;
    public const int QuestionsAt = 4;
    public const int AnswersAt = 6;
    public const int AuthoritiesAt = 8;
    public const int AdditionalsAt = 10;

    public const ushort Response = 0x8000;
    public const ushort OpcodeMask = 0x7800;
    public const ushort Authoritative = 0x0400;
    public const ushort Truncated = 0x0200;
    public const ushort RecursionDesired = 0x0100;
    public const ushort CheckingDisabled = 0x0010;
}
