// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Api.Certificates;

/// <summary>The errors of IAM: CloudFront's envelope in a namespace of its own.</summary>
internal sealed class IamErrorForm : IErrorForm
{
    public ApiContent Write(ApiError error, string requestId, IHeaderDictionary headers) => ApiContent.OfXml(IamXml.InNamespace(ErrorDocument.Write(error, requestId)));
}
