// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Frontier.Control.Domain;

namespace Frontier.Control.Api.Documents;

/// <summary>
/// Reads the members of one structure, whatever their order and namespace (API-1.9, API-1.5); elements nobody asks for are
/// ignored (API-1.10). What is wrong goes to the fault list and reading goes on, so that all faults are found in one pass.
/// </summary>
internal sealed class ElementReader(XElement element, string path, FaultList faults)
{
    public static ElementReader OfRoot(XElement root, FaultList faults) => new(root, MemberName(root.Name.LocalName), faults);

    /// <summary>Reads a whole document; an error when anything in it is wrong.</summary>
    public static Outcome<T> ReadRoot<T>(XElement root, Func<ElementReader, T> read)
        where T : class
    {
        var faults = new FaultList();
        var value = read(OfRoot(root, faults));
        return faults.Any ? faults.ToError() : value;
    }

    public string Value => element.Value;

    public string Path => path;

    public ElementReader? Child(string name) => Find(name) is { } child ? new ElementReader(child, PathOf(name), faults) : null;

    /// <summary>A missing structure is one fault: what it would have held is read from nothing, and its faults are dropped.</summary>
    public ElementReader RequiredChild(string name)
    {
        if (Child(name) is { } child)
        {
            return child;
        }

        AddMissing(name);
        return new ElementReader(new XElement(name), PathOf(name), new FaultList());
    }

    public string? Text(string name) => Find(name)?.Value;

    /// <summary>Text of a member that may be left out or sent empty, with one meaning.</summary>
    public string? NonEmptyText(string name) => Text(name) is { Length: > 0 } text ? text : null;

    public string RequiredText(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        AddMissing(name);
        return "";
    }

    /// <summary>A member of bytes, base64 on the wire (API-1.8).</summary>
    public ImmutableArray<byte> RequiredBytes(string name)
    {
        var text = RequiredText(name);
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length))
        {
            return [.. bytes.AsSpan(0, length)];
        }

        faults.AddConstraint(PathOf(name), "...", "Member must be base64");
        return [];
    }

    public bool Flag(string name) => Flag(name, required: false);

    public bool RequiredFlag(string name) => Flag(name, required: true);

    /// <summary>Null when absent. Faults are left to the list and read as null too.</summary>
    public long? Number(string name)
    {
        if (Text(name)?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        faults.AddConstraint(PathOf(name), text, "Member must be an integer");
        return null;
    }

    /// <summary>A number that may have decimal places; null when absent or no number.</summary>
    public decimal? Fraction(string name)
    {
        if (NonEmptyText(name)?.Trim() is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        faults.AddConstraint(PathOf(name), text, "Member must be a number");
        return null;
    }

    public decimal RequiredFraction(string name)
    {
        if (NonEmptyText(name) is null)
        {
            AddMissing(name);
        }

        return Fraction(name) ?? 0;
    }

    public long RequiredNumber(string name)
    {
        if (Text(name)?.Trim() is not { Length: > 0 })
        {
            AddMissing(name);
        }

        return Number(name) ?? 0;
    }

    public int Int(string name, int fallback) => OptionalInt(name) ?? fallback;

    public int? OptionalInt(string name) => Number(name) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    public int RequiredInt(string name) => (int)Math.Clamp(RequiredNumber(name), int.MinValue, int.MaxValue);

    /// <summary>A word of a closed vocabulary, in any case: returned as the vocabulary spells it.</summary>
    public string Word(string name, ImmutableArray<string> vocabulary, string fallback) => OptionalWord(name, vocabulary) ?? fallback;

    public string? OptionalWord(string name, ImmutableArray<string> vocabulary) =>
        NonEmptyText(name) is { } text ? Check(text.Trim(), vocabulary, PathOf(name)) : null;

    public string RequiredWord(string name, ImmutableArray<string> vocabulary)
    {
        if (NonEmptyText(name) is null)
        {
            AddMissing(name);
        }

        return Word(name, vocabulary, vocabulary[0]);
    }

    /// <summary>The items of a list member; empty when it is absent.</summary>
    public ImmutableArray<T> List<T>(string name, string item, Func<ElementReader, T> read) => Child(name)?.Items(item, read) ?? [];

    public ImmutableArray<T> RequiredList<T>(string name, string item, Func<ElementReader, T> read) => RequiredChild(name).Items(item, read);

    public ImmutableArray<string> Texts(string name, string item) => List(name, item, static reader => reader.Value);

    /// <summary>The items of a list of words.</summary>
    public ImmutableArray<string> Words(string item, ImmutableArray<string> vocabulary) => Items(item, reader => Check(reader.Value.Trim(), vocabulary, reader.Path));

    /// <summary>The items of this wrapper, whose Quantity must be their number (API-1.12).</summary>
    public ImmutableArray<T> Items<T>(string item, Func<ElementReader, T> read)
    {
        var items = BareItems(item, read);
        if (Text("Quantity") is null)
        {
            AddMissing("Quantity");
        }
        else if (Number("Quantity") is { } quantity && quantity != items.Length)
        {
            faults.Add(ApiErrors.InconsistentQuantities, $"{ApiErrors.InconsistentQuantities.Message} ({path}: Quantity is {quantity}, Items has {items.Length}.)");
        }

        return items;
    }

    /// <summary>The items of a wrapper that has no Quantity (API-1.11).</summary>
    public ImmutableArray<T> BareItems<T>(string item, Func<ElementReader, T> read) => Find("Items") is { } items ? ReadEach(items, item, $"{path}.items", read) : [];

    /// <summary>The <c>member</c> elements directly in this one, the form of newer lists (API-1.11).</summary>
    public ImmutableArray<T> Members<T>(Func<ElementReader, T> read) => Members("member", read);

    /// <summary>Elements of one name directly in this one.</summary>
    public ImmutableArray<T> Members<T>(string item, Func<ElementReader, T> read) => ReadEach(element, item, path, read);

    /// <summary><c>DomainName</c> is <c>domainName</c> in CloudFront's messages; <c>HTTPPort</c> is <c>hTTPPort</c>.</summary>
    private static string MemberName(string element) => char.ToLowerInvariant(element[0]) + element[1..];

    private ImmutableArray<T> ReadEach<T>(XElement parent, string item, string parentPath, Func<ElementReader, T> read)
    {
        var found = ImmutableArray.CreateBuilder<T>();
        foreach (var child in parent.Elements())
        {
            if (child.Name.LocalName == item)
            {
                found.Add(read(new ElementReader(child, $"{parentPath}.{found.Count + 1}.member", faults)));
            }
        }

        return found.ToImmutable();
    }

    private XElement? Find(string name)
    {
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == name)
            {
                return child;
            }
        }

        return null;
    }

    private bool Flag(string name, bool required)
    {
        switch (Text(name)?.Trim())
        {
            case "true" or "True" or "1":
                return true;
            case "false" or "False" or "0":
                return false;
            case null or "":
                if (required)
                {
                    AddMissing(name);
                }

                return false;
            case var other:
                faults.AddConstraint(PathOf(name), other, "Member must be true or false");
                return false;
        }
    }

    private string Check(string word, ImmutableArray<string> vocabulary, string at)
    {
        foreach (var known in vocabulary)
        {
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return known;
            }
        }

        faults.AddConstraint(at, word, $"Member must satisfy enum value set: [{string.Join(", ", vocabulary)}]");
        return vocabulary[0];
    }

    private void AddMissing(string name) => faults.AddConstraint(PathOf(name), null, "Member must not be null");

    private string PathOf(string name) => $"{path}.{MemberName(name)}";
}
