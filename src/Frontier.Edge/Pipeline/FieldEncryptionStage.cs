// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using Frontier.Decisions.FieldEncryption;
using Frontier.Protocols.FieldEncryption;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Field-level encryption (§25): what is decided of a request before its body is read, and what is said when that has failed.</summary>
internal static class FieldEncryptionStage
{
    /// <summary>DP-25.1 to DP-25.4, and the limit on a length that is told.</summary>
    public static EdgeAnswer? Decide(RequestContext context)
    {
        if (context.Behavior.FieldEncryption is not { } model || !context.Exchange.HasBody)
        {
            return null;
        }

        var verdict = FieldEncryptionChoice.Decide(context.Request, model, context.Exchange.BodyLength);
        context.FieldEncryption = verdict;
        context.Record.FieldEncryption = verdict.Status;
        return verdict.Status.MayPass ? null : Refuse(context, verdict.Status);
    }

    /// <summary>Puts on record how the body fared. Null unless it was the body that kept the origin from answering.</summary>
    public static EdgeAnswer? Conclude(RequestContext context, bool isAnswered)
    {
        if (context.OriginCall?.Primary.Body is not EncryptedFormBody form)
        {
            return null;
        }

        context.Record.FieldEncryption = form.Status;
        context.Record.EncryptedFields = form.EncryptedFields;
        return form.Status.MayPass || isAnswered ? null : Refuse(context, form.Status);
    }

    /// <summary>DP-25.6.</summary>
    private static EdgeAnswer Refuse(RequestContext context, FieldEncryptionStatus status) => status is FieldEncryptionStatus.ServerError
        ? EdgeAnswer.Error(context, 500, ErrorPage.FieldsNotEncrypted, ErrorDetail.InternalError)
        : EdgeAnswer.Error(context, 400, ErrorPage.BadRequest, ErrorDetail.InvalidRequest);
}
