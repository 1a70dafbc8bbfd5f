// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Frontier.Testing;

/// <summary>
/// Looks what becomes of documents of another version: of every member of every record that a context reads, whether JSON without it is read as the record's own default,
/// or refused where the member is required; whether null is refused where there is none; and whether a record that is null where it can be is read as it is written.
/// </summary>
public sealed class MissingMembersCheck
{
    private static readonly DateTimeOffset SomeTime = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    private readonly JsonSerializerContext _context;
    private readonly List<string> _faults = [];

    private MissingMembersCheck(JsonSerializerContext context) => _context = context;

    /// <summary>A sentence for each fault.</summary>
    /// <param name="context">All types that it was made for, and those that these consist of.</param>
    /// <param name="members">How many members were looked at.</param>
    public static IReadOnlyList<string> FaultsOf(JsonSerializerContext context, out int members)
    {
        var check = new MissingMembersCheck(context);
        members = 0;
        foreach (var type in check.Reached())
        {
            foreach (var property in Members(type))
            {
                members++;
                check.LookAt(type, property);
            }

            check.LookAtNulls(type);
        }

        return check._faults;
    }

    private static IEnumerable<JsonPropertyInfo> Members(JsonTypeInfo type) => type.Properties.Where(static property => property.AssociatedParameter is not null || property.Set is not null);

    /// <summary>The records, each once.</summary>
    private List<JsonTypeInfo> Reached()
    {
        var waiting = new Stack<Type>(_context.GetType().GetCustomAttributesData()
            .Where(static attribute => attribute.AttributeType == typeof(JsonSerializableAttribute)).Select(static attribute => (Type)attribute.ConstructorArguments[0].Value!));
        var seen = new HashSet<Type>();
        var records = new List<JsonTypeInfo>();
        while (waiting.TryPop(out var next))
        {
            var type = Nullable.GetUnderlyingType(next) ?? next;
            if (!seen.Add(type) || _context.GetTypeInfo(type) is not { } info)
            {
                continue;
            }

            if (info.Kind is JsonTypeInfoKind.Object)
            {
                records.Add(info);
            }

            foreach (var part in info.Properties.Select(static property => property.PropertyType).Append(info.ElementType).OfType<Type>())
            {
                waiting.Push(part);
            }
        }

        return records;
    }

    private void LookAt(JsonTypeInfo type, JsonPropertyInfo member)
    {
        var name = $"{type.Type.Name}.{member.Name}";
        var declared = Declared(type, member);
        var isRequired = declared.IsDefined(typeof(RequiredMemberAttribute)) || member.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false };
        var without = Sample(type, member.Name);
        if (TryRead(without, type) is not { } read)
        {
            if (!isRequired)
            {
                _faults.Add($"{name}: a document without it is refused.");
            }
        }
        else if (isRequired)
        {
            _faults.Add($"{name}: it is required, and a document without it is read all the same.");
        }
        else if (Text(declared, read) is var found && Text(declared, Blank(type.Type)) is var wanted && found != wanted)
        {
            _faults.Add($"{name}: where it is missing it is {found}, and should be {wanted}.");
        }

        without[member.Name] = null;
        if (!IsNullable(declared) && TryRead(without, type) is not null)
        {
            _faults.Add($"{name}: null is read, and it is never null.");
        }
    }

    private void LookAtNulls(JsonTypeInfo type)
    {
        var document = Sample(type, null);
        foreach (var member in Members(type).Where(member => IsNullable(Declared(type, member))))
        {
            document[member.Name] = null;
        }

        if (TryRead(document, type) is not { } read || TryRead(JsonSerializer.SerializeToNode(read, type)!.AsObject(), type) is null)
        {
            _faults.Add($"{type.Type.Name}: with null wherever it may be, it is not read as it is written.");
        }
    }

    private static PropertyInfo Declared(JsonTypeInfo type, JsonPropertyInfo member) => type.Type.GetProperties()
        .Single(property => string.Equals(property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name, member.Name, StringComparison.OrdinalIgnoreCase));

    private static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState is NullabilityState.Nullable);

    private static object? TryRead(JsonObject document, JsonTypeInfo type)
    {
        try
        {
            return document.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A record as its own constructor leaves it, its required members unset.</summary>
    private static object Blank(Type type)
    {
        var constructor = type.GetConstructors().MinBy(static constructor => constructor.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(static parameter =>
            parameter.HasDefaultValue ? parameter.DefaultValue : parameter.ParameterType.IsValueType ? RuntimeHelpers.GetUninitializedObject(parameter.ParameterType) : null)]);
    }

    private string Text(PropertyInfo member, object record)
    {
        var value = member.GetValue(record);
        return value is null ? "null"
            : value.GetType().GetProperty("IsDefault")?.GetValue(value) is true ? "no list at all"
            : JsonSerializer.Serialize(value, _context.GetTypeInfo(member.PropertyType)!);
    }

    /// <summary>A record with all members but one.</summary>
    private JsonObject Sample(JsonTypeInfo type, string? without, int depth = 0)
    {
        var blank = Blank(type.Type);
        return new(Members(type).Where(member => member.Name != without)
            .Select(member => KeyValuePair.Create(member.Name, Sample(member.PropertyType, member.Get?.Invoke(blank), depth + 1))));
    }

    /// <param name="than">What it is to differ from.</param>
    private JsonNode? Sample(Type declared, object? than, int depth)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var info = _context.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} cannot be read.");
        return type switch
        {
            { IsEnum: true } => JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1), info),
            _ when type == typeof(bool) => JsonValue.Create(than is not true),
            _ when type == typeof(string) => JsonValue.Create("some"),
            _ when type == typeof(int) || type == typeof(long) => JsonValue.Create(7),
            _ when type == typeof(double) || type == typeof(decimal) => JsonValue.Create(0.5),
            _ when type == typeof(DateTimeOffset) => JsonValue.Create(SomeTime),
            _ when typeof(JsonNode).IsAssignableFrom(type) => new JsonObject(),
            _ when info.Kind is JsonTypeInfoKind.Enumerable => depth > 8 ? new JsonArray() : new JsonArray(Sample(info.ElementType!, null, depth + 1)),
            _ when info.Kind is JsonTypeInfoKind.Dictionary => new JsonObject(),
            _ when info.Kind is JsonTypeInfoKind.Object => Sample(info, null, depth),
            _ => throw new InvalidOperationException($"No sample of {type} is known."),
        };
    }
}
