// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Signing;

/// <summary>What <c>frontier sign</c> prints: a URL, or a cookie a line, ready for other programs.</summary>
internal static class SignedText
{
    /// <param name="settings">Without faults.</param>
    public static string Of(SignSettings settings, bool isJson)
    {
        var signer = new UrlSigner(settings.Key!, settings.KeyPairId, settings.Hash);
        var parts = settings.Policy is { } policy ? signer.SignCustom(policy) : signer.SignCanned(settings.Url!, settings.Expires);
        var cookies = parts.Select(static part => (Name: SigningNames.CookiePrefix + part.Name, part.Value)).ToImmutableArray();
        var url = settings.IsCookies ? null : UrlSigner.Append(settings.Url!, parts);
        return isJson ? Json(settings, url, cookies) : url ?? string.Join(Environment.NewLine, cookies.Select(static cookie => $"{cookie.Name}={cookie.Value}"));
    }

    private static string Json(SignSettings settings, string? url, ImmutableArray<(string Name, string Value)> cookies)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (url is not null)
            {
                json.WriteString("url", url);
            }
            else
            {
                json.WriteStartObject("cookies");
                foreach (var (name, value) in cookies)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            json.WriteString("policy", settings.Policy is { } policy ? Encoding.UTF8.GetString(policy) : CannedPolicy.Of(settings.Url!, settings.Expires));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
