// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Models;
using Frontier.Protocols.FieldEncryption;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.FieldEncryption;

/// <summary>
/// Chooses the profile for a request with a body (DP-25.2, DP-25.3, DP-25.4). Where it is in doubt what an origin would take the body for,
/// the request is refused: no field that is to be encrypted goes out as it is because of how a viewer writes.
/// </summary>
public static class FieldEncryptionChoice
{
    private static ReadOnlySpan<byte> FormType => "application/x-www-form-urlencoded"u8;

    private static ReadOnlySpan<byte> QueryArg => "fle-profile"u8;

    /// <param name="bodyLength">Null while it is not known.</param>
    public static FieldEncryptionVerdict Decide(RequestHead request, FieldEncryptionModel model, long? bodyLength)
    {
        var type = TypeOf(request.Headers);
        if (type is ContentKind.Malformed)
        {
            return new FieldEncryptionVerdict(FieldEncryptionStatus.MalformedContentTypeClientError);
        }

        var profile = model.FormProfile;
        var isKnown = model.KnowsForms;
        switch (model.ReadsQueryArg ? ReadQueryArg(request.Query, out var value) : ReadQueryArg(default, out value))
        {
            case QueryArgKind.Malformed:
                return new FieldEncryptionVerdict(FieldEncryptionStatus.MalformedQueryArgsClientError);
            case QueryArgKind.Given:
                profile = model.FindByQueryArg(value);
                isKnown = true; // the argument overrides what is said of content types
                if (profile is null)
                {
                    return new FieldEncryptionVerdict(model.ForwardsUnknownQueryArgs ? FieldEncryptionStatus.ForwardedByQueryArgs : FieldEncryptionStatus.RejectedByQueryArgs);
                }

                break;
            case QueryArgKind.None:
                break;
        }

        if (type is not ContentKind.Form || !isKnown)
        {
            return new FieldEncryptionVerdict(model.ForwardsUnknownContent ? FieldEncryptionStatus.ForwardedByContentType : FieldEncryptionStatus.RejectedByContentType);
        }

        return profile is null ? new FieldEncryptionVerdict(FieldEncryptionStatus.ForwardedDueToNoProfile)
            : IsCoded(request.Headers) ? new FieldEncryptionVerdict(FieldEncryptionStatus.MalformedInputClientError)
            : bodyLength > FormEncryptor.MaxBodyBytes ? new FieldEncryptionVerdict(FieldEncryptionStatus.RequestLengthLimitClientError)
            : new FieldEncryptionVerdict(FieldEncryptionStatus.Processed, profile);
    }

    /// <summary>RFC 9110, section 8.3.1. Of two fields, or a list in one, nobody knows which the origin would believe.</summary>
    private static ContentKind TypeOf(HeaderList headers)
    {
        var first = headers.IndexOf("content-type"u8);
        if (first < 0)
        {
            return ContentKind.Other;
        }

        var value = headers.Value(first);
        var end = value.IndexOf((byte)';') is >= 0 and var semicolon ? semicolon : value.Length;
        var type = value[..end].TrimEnd(" \t"u8);
        var slash = type.IndexOf((byte)'/');
        if (headers.IndexOf("content-type"u8, first + 1) >= 0 || slash < 0 || !FieldSyntax.IsToken(type[..slash]) || !FieldSyntax.IsToken(type[(slash + 1)..]))
        {
            return ContentKind.Malformed;
        }

        return Ascii.EqualsIgnoreCase(type, FormType) ? ContentKind.Form : ContentKind.Other;
    }

    /// <summary>A compressed form hides its fields from the edge, not from the origin.</summary>
    private static bool IsCoded(HeaderList headers)
    {
        for (var i = headers.IndexOf("content-encoding"u8); i >= 0; i = headers.IndexOf("content-encoding"u8, i + 1))
        {
            if (!Ascii.EqualsIgnoreCase(headers.Value(i), "identity"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static QueryArgKind ReadQueryArg(ReadOnlySpan<byte> query, out string value)
    {
        value = "";
        var kind = QueryArgKind.None;
        foreach (var range in query.Split((byte)'&'))
        {
            var parameter = query[range];
            var equals = parameter.IndexOf((byte)'=');
            if (!(equals < 0 ? parameter : parameter[..equals]).SequenceEqual(QueryArg))
            {
                continue;
            }

            if (kind is not QueryArgKind.None || equals < 0 || !TryDecode(parameter[(equals + 1)..], out value))
            {
                return QueryArgKind.Malformed;
            }

            kind = QueryArgKind.Given;
        }

        return kind;
    }

    /// <summary>False for what is empty, or escaped wrongly.</summary>
    private static bool TryDecode(ReadOnlySpan<byte> text, out string value)
    {
        var decoder = new FormDecoder();
        var decoded = new byte[text.Length];
        var length = 0;
        foreach (var one in text)
        {
            switch (decoder.Add(one, out var meant))
            {
                case FormByte.Malformed:
                    value = "";
                    return false;
                case FormByte.Decoded:
                    decoded[length++] = meant;
                    break;
                case FormByte.Escaping:
                    break;
            }
        }

        value = Encoding.UTF8.GetString(decoded, 0, length);
        return length > 0 && !decoder.IsEscaping;
    }

    private enum ContentKind
    {
        Form,
        Other,
        Malformed,
    }

    private enum QueryArgKind
    {
        None,
        Given,
        Malformed,
    }
}
