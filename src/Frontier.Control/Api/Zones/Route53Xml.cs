// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api.Zones;

/// <summary>Requests and answers of Route 53's API, which have a namespace of their own (<c>neighbours.md</c> §5).</summary>
internal static class Route53Xml
{
    public const string Prefix = "/2013-04-01/";

    /// <summary>The name under which callers sign.</summary>
    public const string Service = "route53";

    private static readonly XNamespace Route53 = "https://route53.amazonaws.com/doc/2013-04-01/";

    public static XElement InNamespace(XElement root) => XmlNames.InNamespace(Route53, root);

    /// <summary>An answer, called after the operation.</summary>
    public static XElement Respond(string operation, params object?[] content) => InNamespace(Element(operation + "Response", content));

    /// <summary>A body; whatever is wrong with it is InvalidInput here.</summary>
    public static Outcome<T> Read<T>(ApiRequest request, Func<ElementReader, T> read)
        where T : class =>
        request.Read(read).Failed(out var error, out var value) ? Route53Errors.InvalidInput.Saying(error.Message) : value;

    /// <summary>An id as it is given: with or without the path before it, as <c>/hostedzone/Z…</c>.</summary>
    public static string BareId(string id) => id[(id.LastIndexOf('/') + 1)..];

    public static Operation New(string name, string method, string template, string? root, int status, Func<ApiRequest, CancellationToken, Task<ApiResponse>>? handler) =>
        new(name, method, template, root, status, handler) { Service = Service, MayEndInSlash = true };
}
