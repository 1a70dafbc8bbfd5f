// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Edge.Tests.Harness;

/// <summary>An answer as a viewer saw it, whole.</summary>
internal sealed record ViewerAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes, Version Version)
{
    public string Body => Encoding.UTF8.GetString(Bytes);

    public string? Cache => Header("X-Cache");

    public static async Task<ViewerAnswer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(static header => header.Key, static header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new ViewerAnswer((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(), response.Version);
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
