// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;
using Frontier.Control.KeyValues;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Api.KeyValues;

/// <summary>The errors of AWS's JSON APIs: the name in a header, a message in the body.</summary>
internal sealed class JsonErrorForm : IErrorForm
{
    public ApiContent Write(ApiError error, string requestId, IHeaderDictionary headers)
    {
        headers["x-amzn-ErrorType"] = NameOf(error);
        return ApiContent.OfJson(new ErrorMessageDocument(error.Message), KeyValueJson.Default.ErrorMessageDocument);
    }

    /// <summary>What any operation may answer has other names in these APIs than in CloudFront's own.</summary>
    public static string NameOf(ApiError error) => error.Code switch
    {
        "MissingAuthenticationToken" => "MissingAuthenticationTokenException",
        "InvalidClientTokenId" => "UnrecognizedClientException",
        "SignatureDoesNotMatch" => "InvalidSignatureException",
        "IncompleteSignature" => "IncompleteSignatureException",
        "AccessDenied" => "AccessDeniedException",
        "NoSuchOperation" => "UnknownOperationException",
        "InternalFailure" => "InternalServerException",
        var code => code,
    };
}
