// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Api;

/// <summary>The errors of CloudFront's own API (<c>api.md</c> §2).</summary>
internal sealed class XmlErrorForm : IErrorForm
{
    public ApiContent Write(ApiError error, string requestId, IHeaderDictionary headers) => ApiContent.OfXml(ErrorDocument.Write(error, requestId));
}
