// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Delivery;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>DP-4.1: the redirect from http to https.</summary>
public sealed class RedirectPageTests
{
    [Fact]
    public void The_body_of_a_301_has_exactly_167_bytes_DP_4_1()
    {
        var page = RedirectPage.Render(301);

        Assert.Equal(167, page.Length);
        Assert.Equal(
            "<html>\r\n<head><title>301 Moved Permanently</title></head>\r\n<body>\r\n<center><h1>301 Moved Permanently</h1></center>\r\n<hr><center>CloudFront</center>\r\n</body>\r\n</html>\r\n",
            Encoding.ASCII.GetString(page));
    }

    [Fact]
    public void The_body_of_a_307_names_its_own_status_DP_4_1()
    {
        var page = Encoding.ASCII.GetString(RedirectPage.Render(307));

        Assert.Contains("<title>307 Temporary Redirect</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("301", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("www.example.com", 443, "/", "https://www.example.com/")]
    [InlineData("www.example.com", 443, "/a//../b?x=%20&y", "https://www.example.com/a//../b?x=%20&y")]
    [InlineData("d1.frontier.localhost", 8443, "/a?", "https://d1.frontier.localhost:8443/a?")]
    public void The_location_is_the_same_under_https_with_a_port_only_where_it_is_not_443_DP_4_1(string host, int port, string target, string location) =>
        Assert.Equal(location, RedirectPage.Location(host, port, target));
}
