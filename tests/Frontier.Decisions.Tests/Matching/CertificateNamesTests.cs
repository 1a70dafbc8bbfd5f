// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Matching;

namespace Frontier.Decisions.Tests.Matching;

/// <summary>API-10.7: a wildcard covers exactly one label.</summary>
public sealed class CertificateNamesTests
{
    [Theory]
    [InlineData("a.example.com", "a.example.com", true)]
    [InlineData("a.example.com", "b.example.com", false)]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "*.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "b.a.example.com", false)]
    [InlineData("*.example.com", "*.a.example.com", false)]
    [InlineData("*.example.com", ".example.com", false)]
    [InlineData("*.example.com", "aexample.com", false)]
    [InlineData("*.example.com", "a.example.org", false)]
    [InlineData("a.example.com", "*.example.com", false)]
    [InlineData("example.com", "a.example.com", false)]
    [InlineData("*", "a.example.com", false)]
    [InlineData("", "a", false)]
    public void A_name_is_covered_or_not(string certified, string name, bool covered) => Assert.Equal(covered, CertificateNames.Covers(certified, name));

    [Fact]
    public void Any_of_a_certificates_names_will_do()
    {
        Assert.True(CertificateNames.Cover(["x.example", "*.example.com"], "a.example.com"));
        Assert.False(CertificateNames.Cover(["x.example", "*.example.com"], "y.example"));
        Assert.False(CertificateNames.Cover([], "y.example"));
    }
}
