// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;

namespace Frontier.Buckets.Access;

/// <summary>
/// Reads policy documents. What it does not know it refuses: a policy that is half understood would grant or deny the wrong
/// thing.
/// </summary>
internal static class PolicyReader
{
    public static bool TryRead(byte[] document, out BucketPolicy? policy, out string? fault)
    {
        policy = null;
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 16 });
            policy = ReadPolicy(json.RootElement);
            fault = null;
            return true;
        }
        catch (JsonException)
        {
            fault = "Policies must be valid JSON and the first byte must be '{'";
        }
        catch (FormatException error)
        {
            fault = error.Message;
        }

        return false;
    }

    private static BucketPolicy ReadPolicy(JsonElement root)
    {
        Require(root.ValueKind is JsonValueKind.Object, "Policies must be valid JSON and the first byte must be '{'");
        List<PolicyStatement> statements = [];
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "Version":
                    Require(member.Value.ValueKind is JsonValueKind.String && member.Value.GetString() is "2012-10-17" or "2008-10-17", "The policy must contain a valid version string");
                    break;
                case "Id":
                    break;
                case "Statement" when member.Value.ValueKind is JsonValueKind.Array:
                    statements.AddRange(member.Value.EnumerateArray().Select(ReadStatement));
                    break;
                case "Statement":
                    statements.Add(ReadStatement(member.Value));
                    break;
                default:
                    throw new FormatException($"Unknown field {member.Name}");
            }
        }

        Require(statements.Count > 0, "Missing required field Statement");
        return new BucketPolicy(statements);
    }

    private static PolicyStatement ReadStatement(JsonElement json)
    {
        Require(json.ValueKind is JsonValueKind.Object, "A statement must be an object");
        bool? allows = null;
        IReadOnlyList<PolicyPrincipal>? principals = null;
        (IReadOnlyList<string> List, bool Not)? actions = null, resources = null;
        IReadOnlyList<PolicyCondition> conditions = [];
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "Sid":
                    break;
                case "Effect":
                    allows = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString() switch { "Allow" => true, "Deny" => false, _ => null } : null;
                    break;
                case "Principal":
                    principals = ReadPrincipals(member.Value);
                    break;
                case "Action" or "NotAction":
                    Require(actions is null, "Action and NotAction exclude each other");
                    actions = (ReadStrings(member.Value, member.Name), member.Name == "NotAction");
                    break;
                case "Resource" or "NotResource":
                    Require(resources is null, "Resource and NotResource exclude each other");
                    resources = (ReadStrings(member.Value, member.Name), member.Name == "NotResource");
                    break;
                case "Condition":
                    conditions = ReadConditions(member.Value);
                    break;
                default:
                    throw new FormatException($"Unknown field {member.Name}");
            }
        }

        Require(allows is not null, "Invalid effect: Effect must be Allow or Deny");
        Require(principals is not null, "Missing required field Principal");
        Require(actions is not null, "Missing required field Action");
        Require(resources is not null, "Missing required field Resource");
        Require(actions!.Value.List.All(static action => action == "*" || action.StartsWith("s3:", StringComparison.OrdinalIgnoreCase)), "Policy has invalid action");
        return new PolicyStatement(allows!.Value, principals!, actions.Value.List, actions.Value.Not, resources!.Value.List, resources.Value.Not, conditions);
    }

    private static List<PolicyPrincipal> ReadPrincipals(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.String)
        {
            Require(json.GetString() == "*", "Invalid principal in policy");
            return [new PolicyPrincipal("*", "*")];
        }

        Require(json.ValueKind is JsonValueKind.Object, "Invalid principal in policy");
        List<PolicyPrincipal> principals = [];
        foreach (var member in json.EnumerateObject())
        {
            Require(member.Name is "AWS" or "Service" or "CanonicalUser", "Invalid principal in policy");
            principals.AddRange(ReadStrings(member.Value, member.Name).Select(value => new PolicyPrincipal(member.Name, value)));
        }

        Require(principals.Count > 0, "Invalid principal in policy");
        return principals;
    }

    private static List<PolicyCondition> ReadConditions(JsonElement json)
    {
        Require(json.ValueKind is JsonValueKind.Object, "Invalid condition in policy");
        List<PolicyCondition> conditions = [];
        foreach (var comparison in json.EnumerateObject())
        {
            Require(Enum.TryParse<ConditionOperator>(comparison.Name, out var comparer) && Enum.IsDefined(comparer) && char.IsAsciiLetter(comparison.Name[0]), $"Invalid Condition type : {comparison.Name}");
            Require(comparison.Value.ValueKind is JsonValueKind.Object, "Invalid condition in policy");
            foreach (var key in comparison.Value.EnumerateObject())
            {
                var values = ReadStrings(key.Value, key.Name);
                Require(
                    comparer is not (ConditionOperator.IpAddress or ConditionOperator.NotIpAddress) || values.All(static value => PolicyCondition.TryParseNetwork(value, out _)),
                    $"Invalid IP range in condition {key.Name}");
                conditions.Add(new PolicyCondition(comparer, key.Name.ToLowerInvariant(), values));
            }
        }

        return conditions;
    }

    private static List<string> ReadStrings(JsonElement json, string field)
    {
        List<string> strings = json.ValueKind is JsonValueKind.Array ? [.. json.EnumerateArray().Select(Text)] : [Text(json)];
        Require(strings.Count > 0, $"Empty list in field {field}");
        return strings;

        string Text(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => throw new FormatException($"Invalid value in field {field}"),
        };
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new FormatException(message);
        }
    }
}
