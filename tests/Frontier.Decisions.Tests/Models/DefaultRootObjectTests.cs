// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Tests.Models;

/// <summary>§3: the default root object.</summary>
public sealed class DefaultRootObjectTests
{
    [Theory]
    [InlineData("/", "/index.html")]
    [InlineData("/?a=1", "/index.html?a=1")]
    [InlineData("/install/", "/install/")]
    [InlineData("//", "//")]
    [InlineData("/./", "/./")]
    [InlineData("/index.html", "/index.html")]
    public void It_replaces_the_exact_path_slash_only_and_keeps_the_query_DP_3_9(string target, string expected)
    {
        var request = Sample.Request(target);
        Sample.Distribution(Sample.DistributionConfig with { DefaultRootObject = "index.html" }).ApplyDefaultRootObject(request);

        Assert.Equal(expected, request.TargetText);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    public void It_serves_every_method_DP_3_9(string method)
    {
        var request = Sample.Request("/");
        request.SetMethod(method);
        Sample.Distribution(Sample.DistributionConfig with { DefaultRootObject = "a/b.html" }).ApplyDefaultRootObject(request);

        Assert.Equal("/a/b.html", request.TargetText);
    }

    [Fact]
    public void Without_one_the_slash_stays_DP_3_11()
    {
        var request = Sample.Request("/");
        Sample.Distribution().ApplyDefaultRootObject(request);

        Assert.Equal("/", request.TargetText);
    }
}
