// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Headers;
using System.Xml.Linq;

namespace Frontier.Control.Tests.Harness;

/// <summary>A response of the API, read whole.</summary>
internal sealed class Answer(HttpResponseMessage response, string body)
{
    public static readonly XNamespace Ns = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    public int Status { get; } = (int)response.StatusCode;

    public string Body => body;

    public HttpResponseHeaders Headers { get; } = response.Headers;

    public string? ContentType { get; } = response.Content.Headers.ContentType?.ToString();

    /// <summary>Raw: the ETags of this API have no quotes, which typed headers would not read.</summary>
    public string? ETag { get; } = response.Headers.TryGetValues("ETag", out var values) ? values.Single() : null;

    public string? Location { get; } = response.Headers.Location?.ToString();

    public string RequestId { get; } = response.Headers.GetValues("x-amzn-RequestId").Single();

    public XElement Root => XElement.Parse(body);

    public string? ErrorCode => Root.Element(Ns + "Error")?.Element(Ns + "Code")?.Value;

    public string? ErrorMessage => Root.Element(Ns + "Error")?.Element(Ns + "Message")?.Value;

    /// <summary>The text of the first element with this name, at any depth.</summary>
    public string? Text(string name) => Root.Descendants(Ns + name).FirstOrDefault()?.Value;

    public List<string> Texts(string name) => [.. Root.Descendants(Ns + name).Select(element => element.Value)];

    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {body}");
        return this;
    }

    public Answer ExpectError(int status, string code)
    {
        Expect(status);
        Assert.Equal("ErrorResponse", Root.Name.LocalName);
        Assert.Equal(code, ErrorCode);
        return this;
    }
}
