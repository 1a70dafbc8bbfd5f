// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Xml.Linq;

namespace Frontier.Scenarios.Harness;

/// <summary>A whole HTTP answer.</summary>
/// <param name="Headers">Values by name, in any case.</param>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private static readonly XNamespace Cf = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>What the edge says of its cache, e.g. <c>Hit from cloudfront</c>.</summary>
    public string? Cache => Headers.GetValueOrDefault("x-cache");

    /// <summary>The first element of that name in an answer of the CloudFront API.</summary>
    public string Element(string name) => XDocument.Parse(Text).Descendants(Cf + name).First().Value;

    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text}");
        return this;
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            headers[name] = string.Join(", ", values);
        }

        return new Answer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync());
    }
}
