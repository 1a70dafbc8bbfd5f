// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Models;

/// <summary>By which protocol an origin is asked.</summary>
public sealed class OriginModelTests
{
    [Theory]
    [InlineData(OriginProtocol.HttpOnly, false, false)]
    [InlineData(OriginProtocol.HttpOnly, true, false)]
    [InlineData(OriginProtocol.HttpsOnly, false, true)]
    [InlineData(OriginProtocol.HttpsOnly, true, true)]
    [InlineData(OriginProtocol.MatchViewer, false, false)]
    [InlineData(OriginProtocol.MatchViewer, true, true)]
    public void The_setting_decides_or_the_viewer_for_buckets_as_for_others_DP_11_6_DP_13_2(OriginProtocol protocol, bool viewerUsesTls, bool usesTls)
    {
        Assert.Equal(usesTls, new OriginModel(Sample.Origin with { Protocol = protocol }).UsesTls(viewerUsesTls));
        Assert.Equal(usesTls, new OriginModel(Sample.S3Origin with { Protocol = protocol }).UsesTls(viewerUsesTls));
    }
}
