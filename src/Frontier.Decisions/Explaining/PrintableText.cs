// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.Decisions.Explaining;

/// <summary>Bytes as text that any terminal, log and header can carry.</summary>
public static class PrintableText
{
    /// <summary>Printable ASCII as it is, every other byte as <c>%XX</c>.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and < 0x7f)
            {
                text.Append((char)value);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
            }
        }

        return text.ToString();
    }
}
