// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Documents;

/// <summary>The error envelope (<c>api.md</c> §2).</summary>
internal static class ErrorDocument
{
    public static XElement Write(ApiError error, string requestId) => Element(
        "ErrorResponse",
        Element(
            "Error",
            Element("Type", error.Status < 500 ? "Sender" : "Receiver"),
            Element("Code", error.Code),
            Element("Message", Sanitize(error.Message))),
        Element("RequestId", requestId));

    /// <summary>Messages quote input, and input may hold characters that XML cannot.</summary>
    private static string Sanitize(string message) =>
        string.Concat(message.Select(static character => System.Xml.XmlConvert.IsXmlChar(character) ? character : '\uFFFD'));
}
