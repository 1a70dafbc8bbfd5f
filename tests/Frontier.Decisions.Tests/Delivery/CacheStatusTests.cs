// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>RFC 9211, in the syntax of RFC 8941: a token with parameters.</summary>
public sealed class CacheStatusTests
{
    public static TheoryData<CacheStatus, string> Members() => new()
    {
        { new CacheStatus(), "Frontier; hit" },
        { new CacheStatus { Ttl = 545 }, "Frontier; hit; ttl=545" },
        { new CacheStatus { Ttl = -12 }, "Frontier; hit; ttl=-12" },
        { new CacheStatus { Forward = ForwardReason.UriMiss, ForwardStatus = 200, Ttl = 60, Stored = true }, "Frontier; fwd=uri-miss; fwd-status=200; ttl=60; stored" },
        { new CacheStatus { Forward = ForwardReason.Miss, Collapsed = true }, "Frontier; fwd=miss; collapsed" },
        { new CacheStatus { Forward = ForwardReason.Partial, ForwardStatus = 206 }, "Frontier; fwd=partial; fwd-status=206" },
        { new CacheStatus { Forward = ForwardReason.Stale, ForwardStatus = 304 }, "Frontier; fwd=stale; fwd-status=304" },
        { new CacheStatus { Forward = ForwardReason.Bypass }, "Frontier; fwd=bypass" },
        { new CacheStatus { Forward = ForwardReason.Method, ForwardStatus = 201 }, "Frontier; fwd=method; fwd-status=201" },
        { new CacheStatus { Key = "E1%00/a\"b\\c%00" }, "Frontier; hit; key=\"E1%00/a\\\"b\\\\c%00\"" },
    };

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_is_written_as_a_structured_field(CacheStatus status, string member) => Assert.Equal(member, status.Render());
}
