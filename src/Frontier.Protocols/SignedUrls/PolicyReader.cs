// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Frontier.Protocols.SignedUrls;

/// <summary>
/// Reads the JSON of a custom policy: one statement, in an array or not, with a Resource and its conditions (DP-24.8). No member may
/// be missing that must be there, stand twice, or be unknown. Stops at the first fault.
/// </summary>
internal ref struct PolicyReader
{
    /// <summary>Statement, array, object, Condition, operator: no policy is deeper.</summary>
    private const int MaxDepth = 6;

    private Utf8JsonReader _json;
    private ResourcePattern? _resource;
    private long? _lessThan;
    private long? _greaterThan;
    private SourceNetwork? _source;

    public static bool TryRead(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SignedPolicy? policy)
    {
        // CloudFront's guide writes a literal question mark \?, which is none of JSON's escapes; generators of JSON write \\?.
        var json = WithEscapes(text);
        var reader = new PolicyReader { _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow }) };
        try
        {
            policy = reader.ReadDocument() && reader._lessThan is { } end ? new SignedPolicy(reader._resource, end, reader._greaterThan, reader._source) : null;
        }
        catch (JsonException)
        {
            policy = null;
        }
        catch (InvalidOperationException)
        {
            policy = null; // a string that is no UTF-8, or half of a surrogate pair
        }

        return policy is not null;
    }

    private static ReadOnlySpan<byte> WithEscapes(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\\?"u8) < 0)
        {
            return text;
        }

        var escaped = new List<byte>(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            escaped.Add(text[i]);
            if (text[i] == (byte)'\\' && i + 1 < text.Length)
            {
                if (text[i + 1] == (byte)'?')
                {
                    escaped.Add((byte)'\\');
                }

                escaped.Add(text[++i]);
            }
        }

        return escaped.ToArray();
    }

    private bool ReadDocument()
    {
        if (!Next(JsonTokenType.StartObject) || !Next(JsonTokenType.PropertyName) || !_json.ValueTextEquals("Statement"u8) || !_json.Read())
        {
            return false;
        }

        var isArray = _json.TokenType is JsonTokenType.StartArray;
        return (!isArray || _json.Read()) && _json.TokenType is JsonTokenType.StartObject && ReadStatement()
            && (!isArray || Next(JsonTokenType.EndArray)) && Next(JsonTokenType.EndObject) && !_json.Read();
    }

    private bool ReadStatement()
    {
        var (hasResource, hasCondition) = (false, false);
        while (_json.Read() && _json.TokenType is JsonTokenType.PropertyName)
        {
            if (!hasResource && _json.ValueTextEquals("Resource"u8))
            {
                hasResource = true;
                if (!Next(JsonTokenType.String) || !ResourcePattern.TryParse(_json.GetString()!, out _resource))
                {
                    return false;
                }
            }
            else if (!hasCondition && _json.ValueTextEquals("Condition"u8))
            {
                hasCondition = true;
                if (!Next(JsonTokenType.StartObject) || !ReadConditions())
                {
                    return false;
                }
            }
            else
            {
                return false;
            }
        }

        return _json.TokenType is JsonTokenType.EndObject && hasCondition;
    }

    private bool ReadConditions()
    {
        while (_json.Read() && _json.TokenType is JsonTokenType.PropertyName)
        {
            var isRead = _lessThan is null && _json.ValueTextEquals("DateLessThan"u8) ? TryReadTime(out _lessThan)
                : _greaterThan is null && _json.ValueTextEquals("DateGreaterThan"u8) ? TryReadTime(out _greaterThan)
                : _source is null && _json.ValueTextEquals("IpAddress"u8) && TryReadSource();
            if (!isRead)
            {
                return false;
            }
        }

        return _json.TokenType is JsonTokenType.EndObject;
    }

    /// <summary>Whole seconds, as a number.</summary>
    private bool TryReadTime(out long? second)
    {
        second = null;
        if (!TryEnter("AWS:EpochTime"u8) || _json.TokenType is not JsonTokenType.Number || !_json.TryGetInt64(out var value) || value is < 0 or > SignedPolicy.LastSecond)
        {
            return false;
        }

        second = value;
        return Next(JsonTokenType.EndObject);
    }

    private bool TryReadSource()
    {
        if (!TryEnter("AWS:SourceIp"u8) || _json.TokenType is not JsonTokenType.String || !SourceNetwork.TryParse(_json.GetString()!, out var network))
        {
            return false;
        }

        _source = network;
        return Next(JsonTokenType.EndObject);
    }

    /// <summary>Into an object of one member, up to its value.</summary>
    private bool TryEnter(ReadOnlySpan<byte> name) => Next(JsonTokenType.StartObject) && Next(JsonTokenType.PropertyName) && _json.ValueTextEquals(name) && _json.Read();

    private bool Next(JsonTokenType type) => _json.Read() && _json.TokenType == type;
}
