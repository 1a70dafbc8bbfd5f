// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;

namespace Frontier.Architecture.Tests;

/// <summary>What a project file says of its references.</summary>
internal sealed record Project(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Packages, IReadOnlyList<string> Frameworks)
{
    public static Project Load(string path)
    {
        var document = XDocument.Load(path);
        return new Project(
            Path.GetFileNameWithoutExtension(path),
            [.. Included(document, "ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))],
            [.. Included(document, "PackageReference")], [.. Included(document, "FrameworkReference")]);
    }

    private static IEnumerable<string> Included(XDocument document, string item) =>
        document.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
