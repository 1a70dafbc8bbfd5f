// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Frontier.Control.Api.Documents;

/// <summary>Elements to text and back, without losing a character: line ends within values are written as entities.</summary>
internal static class XmlText
{
    private static readonly XmlWriterSettings Fragment = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Entitize };

    /// <summary>One line, no declaration: the form that is stored.</summary>
    public static string Write(XElement element)
    {
        var text = new StringBuilder(4_096);
        using (var writer = XmlWriter.Create(text, Fragment))
        {
            element.Save(writer);
        }

        return text.ToString();
    }

    /// <summary>A response body (API-1.6).</summary>
    public static byte[] WriteResponse(XElement root) => Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?>\n" + Write(root));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static XElement Read(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XElement.Load(reader);
    }
}
