// SPDX-License-Identifier: Apache-2.0

using System.Xml;
using System.Xml.Linq;
using Frontier.Control.Domain;

namespace Frontier.Control.Api.Documents;

/// <summary>Reads the XML of a request body: no DTD, no entity beyond the five, bounded depth (API-1.5, API-1.13).</summary>
internal static class XmlBody
{
    /// <summary>The deepest document of the API has 11 levels; a reader that recursed would still be safe at this.</summary>
    private const int DeepestLevel = 32;

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };

    /// <summary>The root element, whatever its namespace, provided that it has this name.</summary>
    public static Outcome<XElement> Parse(ReadOnlyMemory<byte> body, string rootName)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return ApiErrors.MissingBody;
        }

        try
        {
            if (FirstTooDeep(body) is { } fault)
            {
                return fault;
            }

            using var reader = XmlReader.Create(Open(body), Settings);
            var root = XElement.Load(reader);
            return root.Name.LocalName == rootName
                ? root
                : ApiErrors.MalformedXml.Saying($"The root element is '{root.Name.LocalName}'; this operation takes '{rootName}'.");
        }
        catch (XmlException error)
        {
            return ApiErrors.MalformedXml.Saying($"The XML document is not well-formed at line {error.LineNumber}, position {error.LinePosition}: {error.Message}");
        }
    }

    /// <summary>Looks before the tree is built, so that depth never costs memory.</summary>
    private static ApiError? FirstTooDeep(ReadOnlyMemory<byte> body)
    {
        using var reader = XmlReader.Create(Open(body), Settings);
        while (reader.Read())
        {
            if (reader.Depth > DeepestLevel)
            {
                var position = (IXmlLineInfo)reader;
                return ApiErrors.MalformedXml.Saying($"The XML document is nested more than {DeepestLevel} levels deep at line {position.LineNumber}, position {position.LinePosition}.");
            }
        }

        return null;
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> body) => new(body.ToArray(), writable: false);
}
