// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Control.Api.KeyValues;
using Frontier.Control.Domain;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Api.Certificates;

/// <summary>Errors in AWS's protocol JSON 1.1: the name stands in the body.</summary>
internal sealed class TargetErrorForm : IErrorForm
{
    public const string ContentType = "application/x-amz-json-1.1";

    public ApiContent Write(ApiError error, string requestId, IHeaderDictionary headers)
    {
        var document = new TargetErrorDocument(JsonErrorForm.NameOf(error), error.Message);
        return new ApiContent(JsonSerializer.SerializeToUtf8Bytes(document, AcmJson.Default.TargetErrorDocument), ContentType);
    }
}
