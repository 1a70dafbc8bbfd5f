// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Api;

/// <summary>How an API tells its callers of an error.</summary>
internal interface IErrorForm
{
    /// <summary>The body; what the form says in headers is added to them.</summary>
    ApiContent Write(ApiError error, string requestId, IHeaderDictionary headers);
}
