// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Text;

namespace Frontier.Geo;

/// <summary>
/// A value in a database: where it lies, read as it is asked for. The default value is none, and has no members.
/// Every method throws <see cref="InvalidDataException"/> where the file is damaged.
/// </summary>
public readonly struct DatabaseValue
{
    /// <summary>Bytes; the longest name of a place is far shorter.</summary>
    private const int LongestText = 2048;

    /// <summary>Maps in maps: the databases there are have three.</summary>
    private const int DeepestNesting = 16;

    /// <summary>Values looked at for one member, so that a damaged file costs a bounded time.</summary>
    private const int MostSteps = 4096;

    private readonly ValueSection? _section;
    private readonly long _payload;

    private DatabaseValue(ValueSection section, ValueKind kind, long payload, int size)
    {
        (_section, Kind, _payload, Size) = (section, kind, payload, size);
    }

    public ValueKind Kind { get; }

    /// <summary>Bytes of a scalar, pairs of a map, elements of an array; of a boolean 1 for true.</summary>
    private int Size { get; }

    /// <summary>Tells records apart: those that are the same bytes have the same number.</summary>
    public long Position => _payload;

    /// <summary>The member of a map. False where it has none of that name, or this is no map.</summary>
    /// <param name="name">As UTF-8; case matters.</param>
    public bool TryGet(ReadOnlySpan<byte> name, out DatabaseValue value)
    {
        value = default;
        if (Kind is not ValueKind.Map)
        {
            return false;
        }

        var steps = MostSteps;
        var at = _payload;
        Span<byte> key = stackalloc byte[64];
        for (var i = 0; i < Size; i++)
        {
            var (found, afterKey) = Next(_section!, at);
            var isIt = found.Kind is ValueKind.Text && found.Size == name.Length && name.Length <= key.Length;
            if (isIt)
            {
                _section!.Read(found._payload, key[..name.Length]);
                isIt = key[..name.Length].SequenceEqual(name);
            }

            if (isIt)
            {
                value = Read(_section!, afterKey);
                return true;
            }

            at = Skip(_section!, afterKey, 0, ref steps);
        }

        return false;
    }

    /// <summary>The element of an array. False where there is none.</summary>
    public bool TryGet(int index, out DatabaseValue value)
    {
        value = default;
        if (Kind is not ValueKind.Array || index < 0 || index >= Size)
        {
            return false;
        }

        var steps = MostSteps;
        var at = _payload;
        for (var i = 0; i < index; i++)
        {
            at = Skip(_section!, at, 0, ref steps);
        }

        value = Read(_section!, at);
        return true;
    }

    /// <summary>Null where this is no text.</summary>
    public string? AsText()
    {
        if (Kind is not ValueKind.Text)
        {
            return null;
        }

        if (Size > LongestText)
        {
            throw new InvalidDataException("A text is longer than any that a place could have.");
        }

        Span<byte> text = stackalloc byte[Size];
        _section!.Read(_payload, text);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Null where this is no number without a fraction and sign, of 64 bits at most.</summary>
    public ulong? AsNumber()
    {
        if (Kind is not (ValueKind.UInt16 or ValueKind.UInt32 or ValueKind.UInt64))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[8];
        if (Size > bytes.Length)
        {
            throw new InvalidDataException("A number is longer than its type allows.");
        }

        _section!.Read(_payload, bytes[(8 - Size)..]); // leading zeros are left out in the file
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Null where this is no floating-point number.</summary>
    public double? AsDouble()
    {
        Span<byte> bytes = stackalloc byte[8];
        switch (Kind, Size)
        {
            case (ValueKind.Double, 8):
                _section!.Read(_payload, bytes);
                return BinaryPrimitives.ReadDoubleBigEndian(bytes);
            case (ValueKind.Float, 4):
                _section!.Read(_payload, bytes[..4]);
                return BinaryPrimitives.ReadSingleBigEndian(bytes[..4]);
            default:
                return null;
        }
    }

    /// <summary>Null where this is no truth value.</summary>
    public bool? AsBoolean() => Kind is ValueKind.Boolean ? Size == 1 : null;

    internal static DatabaseValue Read(ValueSection section, long at) => Next(section, at).Value;

    /// <summary>The value at <paramref name="at"/>, a pointer followed, and where a scalar's neighbour begins: behind it, or behind the pointer.</summary>
    private static (DatabaseValue Value, long After) Next(ValueSection section, long at)
    {
        var header = ReadHeader(section, at);
        if (header.Kind is not ValueKind.Pointer)
        {
            return (header, header._payload + header.BytesInPlace);
        }

        var target = ReadHeader(section, section.Start + ReadPointer(section, at, out var after));
        return target.Kind is ValueKind.Pointer ? throw new InvalidDataException("A pointer points to another.") : (target, after);
    }

    /// <summary>Bytes that a scalar takes behind its header; of a map or an array it is not known from the header.</summary>
    private int BytesInPlace => Kind is ValueKind.Map or ValueKind.Array or ValueKind.Boolean ? 0 : Size;

    private static long Skip(ValueSection section, long at, int depth, ref int steps)
    {
        if (depth > DeepestNesting || --steps < 0)
        {
            throw new InvalidDataException("A record is more nested, or larger, than any that a place could have.");
        }

        var header = ReadHeader(section, at);
        if (header.Kind is ValueKind.Pointer)
        {
            ReadPointer(section, at, out var after);
            return after;
        }

        var inner = header.Kind switch { ValueKind.Map => 2L * header.Size, ValueKind.Array => header.Size, _ => 0 };
        var next = header._payload + header.BytesInPlace;
        for (var i = 0L; i < inner; i++)
        {
            next = Skip(section, next, depth + 1, ref steps);
        }

        return next;
    }

    /// <summary>Type and size. Of a pointer only the type.</summary>
    private static DatabaseValue ReadHeader(ValueSection section, long at)
    {
        Span<byte> bytes = stackalloc byte[3];
        section.Read(at, bytes[..1]);
        var control = bytes[0];
        at++;
        var kind = (ValueKind)(control >> 5);
        if (kind is ValueKind.Pointer)
        {
            return new DatabaseValue(section, kind, at, 0);
        }

        if (kind is ValueKind.None) // the type follows in a byte of its own
        {
            section.Read(at++, bytes[..1]);
            kind = (ValueKind)(bytes[0] + 7);
            if (kind is <= ValueKind.Map or > ValueKind.Float)
            {
                throw new InvalidDataException($"There is no type {bytes[0] + 7}.");
            }
        }

        var size = control & 0x1F;
        if (size < 29)
        {
            return new DatabaseValue(section, kind, at, size);
        }

        var more = bytes[..(size - 28)];
        section.Read(at, more);
        size = more.Length switch { 1 => 29 + more[0], 2 => 285 + (more[0] << 8 | more[1]), _ => 65821 + (more[0] << 16 | more[1] << 8 | more[2]) };
        return new DatabaseValue(section, kind, at + more.Length, size);
    }

    /// <returns>Bytes from the section's start.</returns>
    private static long ReadPointer(ValueSection section, long at, out long after)
    {
        Span<byte> bytes = stackalloc byte[5];
        section.Read(at, bytes[..1]);
        var length = ((bytes[0] >> 3) & 3) + 1;
        section.Read(at + 1, bytes[1..(1 + length)]);
        after = at + 1 + length;
        var high = bytes[0] & 7;
        return length switch
        {
            1 => high << 8 | bytes[1],
            2 => 2048 + (high << 16 | bytes[1] << 8 | bytes[2]),
            3 => 526336 + (high << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
        };
    }
}
