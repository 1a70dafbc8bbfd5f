// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Forwarding;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>Which trailers pass the edge (RFC 9110, section 6.5.1).</summary>
public sealed class TrailersTests
{
    [Fact]
    public void Trailers_that_speak_of_the_body_pass_in_their_order() => Assert.Equal(
        ["grpc-status: 0", "X-Checksum: abc", "Server-Timing: db;dur=5"],
        Sample.Lines(Trailers.Filter(Sample.Headers("grpc-status: 0", "X-Checksum: abc", "Server-Timing: db;dur=5"))!));

    [Theory]
    [InlineData("Content-Length: 5")]
    [InlineData("Content-Encoding: gzip")]
    [InlineData("Transfer-Encoding: chunked")]
    [InlineData("Trailer: X")]
    [InlineData("Host: other.example")]
    [InlineData("Authorization: Bearer x")]
    [InlineData("Set-Cookie: a=b")]
    [InlineData("Cache-Control: max-age=60")]
    [InlineData("Age: 5")]
    [InlineData("If-None-Match: x")]
    [InlineData("CloudFront-Viewer-Country: DE")]
    [InlineData("X-Amz-Cf-Id: x")]
    [InlineData("X-Edge-Token: x")]
    public void A_trailer_that_would_frame_route_or_control_is_dropped(string trailer) => Assert.Null(Trailers.Filter(Sample.Headers(trailer)));

    [Fact]
    public void None_are_none() => Assert.Null(Trailers.Filter(null));
}
