// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Tests.OwnApi;

/// <summary>What holds for every operation of Frontier's own API.</summary>
public sealed class OwnApiTests
{
    [Fact]
    public async Task The_credentials_of_CloudFronts_API_are_those_of_this_one()
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallOwnAsync("GET", "openapi.json")).Expect(200);

        Assert.Equal("application/json", answer.ContentType);
    }

    [Fact]
    public async Task Whoever_does_not_sign_is_told_how()
    {
        await using var control = await TestControl.StartAsync();

        var detail = (await control.SendAsync(control.NewRequest("GET", "/frontier/v1/openapi.json", []))).ExpectProblem(403, "MissingAuthenticationToken");

        Assert.Contains("Signature Version 4", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_key_and_a_wrong_secret_are_refused()
    {
        await using var control = await TestControl.StartAsync();

        var unknown = await control.SendAsync(control.Sign(control.NewRequest("GET", "/frontier/v1/openapi.json", []), [], new AccessKey("AKIDNOBODY", "a secret")));
        var wrong = await control.SendAsync(control.Sign(control.NewRequest("GET", "/frontier/v1/openapi.json", []), [], TestControl.Key with { Secret = "another secret" }));

        unknown.ExpectProblem(403, "InvalidClientTokenId");
        wrong.ExpectProblem(403, "SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("GET", "nothing/here")]
    [InlineData("DELETE", "openapi.json")]
    [InlineData("GET", "openapi.json/")]
    [InlineData("GET", "")]
    public async Task What_is_no_operation_says_where_they_are_listed(string method, string target)
    {
        await using var control = await TestControl.StartAsync();

        var detail = (await control.CallOwnAsync(method, target)).ExpectProblem(404, "NoSuchOperation");

        Assert.Contains("/frontier/v1/openapi.json", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_is_not_known_is_refused()
    {
        await using var control = await TestControl.StartAsync();

        var detail = (await control.CallOwnAsync("GET", "openapi.json?colour=red")).ExpectProblem(400, "InvalidArgument");

        Assert.Contains("colour", detail, StringComparison.Ordinal);
    }
}
