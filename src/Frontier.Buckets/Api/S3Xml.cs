// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Frontier.Buckets.Api;

/// <summary>Reads and writes the small documents of the S3 API. Elements are known by local name: clients differ in the namespace they send.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlReaderSettings ReaderSettings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };

    /// <summary>Object keys may hold characters that XML 1.0 cannot: they are written as character references, as S3 does, and clients that mind ask for encoding-type=url.</summary>
    private static readonly XmlWriterSettings WriterSettings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize };

    public static bool TryParse(ReadOnlySpan<byte> document, string root, [NotNullWhen(true)] out XElement? element)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(document.ToArray()), ReaderSettings);
            element = XDocument.Load(reader).Root;
            return element?.Name.LocalName == root;
        }
        catch (XmlException)
        {
            element = null;
            return false;
        }
    }

    public static byte[] Write(string root, Action<XmlWriter> content, string? xmlNamespace = Namespace)
    {
        using var stream = new MemoryStream(1024);
        using (var writer = XmlWriter.Create(stream, WriterSettings))
        {
            writer.WriteStartElement(null, root, xmlNamespace);
            content(writer);
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    extension(XElement element)
    {
        public IEnumerable<XElement> Children(string name) => element.Elements().Where(child => child.Name.LocalName == name);

        public XElement? Child(string name) => element.Children(name).FirstOrDefault();

        /// <summary>The text of a child, or null when there is no such child.</summary>
        public string? Text(string name) => element.Child(name)?.Value;
    }

    extension(XmlWriter writer)
    {
        /// <summary>Writes a child with text; nothing for null.</summary>
        public void Element(string name, string? text)
        {
            if (text is not null)
            {
                writer.WriteElementString(name, text);
            }
        }

        public void Element(string name, Action content)
        {
            writer.WriteStartElement(name);
            content();
            writer.WriteEndElement();
        }
    }
}
