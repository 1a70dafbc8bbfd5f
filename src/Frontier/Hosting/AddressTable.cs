// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Frontier.Hosting;

/// <summary>What <c>frontier up</c> prints when everything runs.</summary>
internal static class AddressTable
{
    public static string Text(Node node)
    {
        var text = new StringBuilder("\nFrontier is up.\n\n");
        foreach (var (name, value) in Rows(node))
        {
            text.Append("  ").Append(name.PadRight(18)).Append(value).Append('\n');
        }

        return text.Append($"""

              export AWS_SHARED_CREDENTIALS_FILE={node.Data.CredentialsPath}
              aws cloudfront list-distributions --endpoint-url http://{node.Control.Endpoint}
              aws s3 ls --endpoint-url http://{node.Buckets.Endpoint}

            Ctrl-C stops it; everything is kept.

            """).ToString();
    }

    public static string Json(Node node) => JsonSerializer.Serialize(
        new Addresses(
            $"http://{node.Control.Endpoint}", $"http://{node.Buckets.Endpoint}", $"http://{node.Edge.Http}", $"https://{node.Edge.Https}", node.Settings.Domain,
            node.Data.CredentialsPath, node.Edge.AuthorityPath, node.Data.Path, $"{node.Dns.Endpoints[0]}"),
        AddressesJson.Default.Addresses);

    private static IEnumerable<(string Name, string Value)> Rows(Node node) =>
    [
        ("CloudFront API", $"http://{node.Control.Endpoint}"),
        ("Bucket server", $"http://{node.Buckets.Endpoint}"),
        ("Edge, HTTP", $"http://{node.Edge.Http}"),
        ("Edge, HTTPS", $"https://{node.Edge.Https}"),
        ("DNS", $"{node.Dns.Endpoints[0]} (UDP and TCP)"),
        ("Distributions", $"d….{node.Settings.Domain}"),
        ("Credentials", node.Data.CredentialsPath),
        ("CA certificate", node.Edge.AuthorityPath),
        ("Data", node.Data.Path),
    ];
}

/// <summary>The machine-readable form of the table.</summary>
internal sealed record Addresses(string Api, string Buckets, string Http, string Https, string Domain, string Credentials, string CaCertificate, string Data, string Dns);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Addresses))]
internal sealed partial class AddressesJson : JsonSerializerContext;
