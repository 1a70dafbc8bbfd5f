// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Tests.Harness;

/// <summary>Calls Frontier's own API.</summary>
internal static class OwnCalls
{
    /// <param name="target">Below the prefix.</param>
    /// <param name="key">Who calls; that of the start when null.</param>
    public static Task<Answer> CallOwnAsync(this TestControl control, string method, string target, string body = "", string? ifMatch = null, AccessKey? key = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return control.SendAsync(control.Sign(control.NewRequest(method, "/frontier/v1/" + target, bytes, ifMatch), bytes, key));
    }

    /// <summary>A new key of the store.</summary>
    public static async Task<AccessKey> CreateKeyAsync(this TestControl control, string role)
    {
        var made = (await control.CallOwnAsync("POST", "keys", $$"""{"role":"{{role}}"}""")).Expect(201).Json();
        return new AccessKey(made.GetProperty("id").GetString()!, made.GetProperty("secret").GetString()!);
    }

    /// <summary>A problem of this status and code (RFC 9457).</summary>
    /// <returns>What it says to a person.</returns>
    public static string ExpectProblem(this Answer answer, int status, string code)
    {
        answer.Expect(status);
        Assert.Equal("application/problem+json", answer.ContentType);
        var problem = answer.Json();
        Assert.Equal(code, problem.GetProperty("title").GetString());
        Assert.Equal($"urn:frontier:error:{code}", problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(answer.RequestId, problem.GetProperty("requestId").GetString());
        return problem.GetProperty("detail").GetString()!;
    }
}
