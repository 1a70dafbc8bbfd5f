// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Store;

namespace Frontier.Control.Auditing;

/// <summary>What the audit log shows of a document: all but what may be a secret, within a bound.</summary>
internal static class AuditDocument
{
    private const string Withheld = "(withheld)";

    /// <summary>A stored document of a resource. Values of headers for origins often are passwords, and code may hold some.</summary>
    public static string OfResource(string body)
    {
        var root = XmlText.Read(body);
        foreach (var element in root.Descendants())
        {
            switch (element.Name.LocalName)
            {
                case "HeaderValue" when element.Parent?.Name.LocalName == "OriginCustomHeader":
                    element.Value = Withheld;
                    break;
                case CertificateDocument.SealedKey:
                    element.Value = Withheld;
                    break;
                case "FunctionCode":
                    element.Value = Digest(Convert.FromBase64String(element.Value));
                    break;
            }
        }

        return Write(root);
    }

    /// <summary>The same text where XML can hold it; a control character, which keys of pairs may have, is shown as U+FFFD.</summary>
    public static string Readable(string text) =>
        string.Create(text.Length, text, static (shown, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                shown[i] = char.IsControl(text[i]) || text[i] is '\uFFFE' or '\uFFFF' ? '\uFFFD' : text[i];
            }
        });

    /// <summary>As text, cut where it is too long.</summary>
    public static string Write(XElement root)
    {
        var text = XmlText.Write(root);
        if (text.Length <= AuditLimits.LongestDocument)
        {
            return text;
        }

        var note = string.Create(CultureInfo.InvariantCulture, $"… (cut: {text.Length} characters)");
        var end = AuditLimits.LongestDocument - note.Length;
        return (char.IsHighSurrogate(text[end - 1]) ? text[..(end - 1)] : text[..end]) + note;
    }

    /// <summary>Tells one code from another without showing either.</summary>
    private static string Digest(byte[] code) => string.Create(CultureInfo.InvariantCulture, $"{Withheld} {code.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(code))}");
}
