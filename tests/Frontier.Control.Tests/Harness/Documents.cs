// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;

namespace Frontier.Control.Tests.Harness;

/// <summary>Request documents, and ways to change them.</summary>
internal static class Documents
{
    public const string CachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

    /// <summary>The least that makes a distribution: a custom origin and the default behavior.</summary>
    public static XElement Distribution(string reference = "ref-1", params (string Path, string? Xml)[] changes)
    {
        var root = Parse(
            $"""
             <DistributionConfig>
               <CallerReference>{reference}</CallerReference>
               <Origins><Quantity>1</Quantity><Items><Origin>
                 <Id>web</Id><DomainName>origin.example.com</DomainName>
                 <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig>
               </Origin></Items></Origins>
               <DefaultCacheBehavior>
                 <TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>{CachingOptimized}</CachePolicyId>
               </DefaultCacheBehavior>
               <Comment>made by a test</Comment><Enabled>true</Enabled>
             </DistributionConfig>
             """);
        foreach (var (path, xml) in changes)
        {
            Change(root, path, xml);
        }

        return root;
    }

    public static XElement Aliases(params string[] names) => Parse(
        $"<Aliases><Quantity>{names.Length}</Quantity><Items>{string.Concat(names.Select(name => $"<CNAME>{name}</CNAME>"))}</Items></Aliases>");

    /// <summary>Replaces what stands at a path such as <c>Origins/Items/Origin</c>: "+" adds the XML inside, null removes the element, other XML takes its place, plain text becomes its value.</summary>
    public static void Change(XElement root, string path, string? xml)
    {
        var at = root;
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            at = at.Element(Answer.Ns + part) ?? throw new ArgumentException($"There is no {part} of {path}.", nameof(path));
        }

        switch (xml)
        {
            case null: at.Remove(); break;
            case ['+', .. var inner]: at.Add(Parse(inner)); break;
            case ['<', ..]: at.ReplaceWith(Parse(xml)); break;
            default: at.Value = xml; break;
        }
    }

    public static XElement OriginAccessControl(string name, string type = "s3", string signing = "always") => Parse(
        $"""
         <OriginAccessControlConfig><Name>{name}</Name><SigningProtocol>sigv4</SigningProtocol><SigningBehavior>{signing}</SigningBehavior>
         <OriginAccessControlOriginType>{type}</OriginAccessControlOriginType></OriginAccessControlConfig>
         """);

    public static XElement Invalidation(string reference, params string[] paths) => Parse(
        $"""
         <InvalidationBatch><Paths><Quantity>{paths.Length}</Quantity><Items>{string.Concat(paths.Select(path => $"<Path>{System.Security.SecurityElement.Escape(path)}</Path>"))}</Items></Paths>
         <CallerReference>{reference}</CallerReference></InvalidationBatch>
         """);

    public static XElement Tags(params (string Key, string Value)[] tags) => Parse(
        $"<Tags><Items>{string.Concat(tags.Select(tag => $"<Tag><Key>{tag.Key}</Key><Value>{tag.Value}</Value></Tag>"))}</Items></Tags>");

    /// <summary>Parses and puts every element in the namespace of the API.</summary>
    public static XElement Parse(string xml)
    {
        var root = XElement.Parse(xml);
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = Answer.Ns + element.Name.LocalName;
        }

        return root;
    }
}
