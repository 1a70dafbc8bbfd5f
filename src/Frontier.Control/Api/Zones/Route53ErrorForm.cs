// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Api.Zones;

/// <summary>The errors of Route 53: CloudFront's envelope in a namespace of its own.</summary>
internal sealed class Route53ErrorForm : IErrorForm
{
    public ApiContent Write(ApiError error, string requestId, IHeaderDictionary headers) => ApiContent.OfXml(Route53Xml.InNamespace(ErrorDocument.Write(error, requestId)));
}
