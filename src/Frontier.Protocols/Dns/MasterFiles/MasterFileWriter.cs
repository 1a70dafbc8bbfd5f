// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>Writes master files that <see cref="MasterFileReader"/> and other servers read back: one record a line, every name in full.</summary>
public static class MasterFileWriter
{
    /// <param name="records">In this order; the SOA record is expected first by some readers.</param>
    /// <exception cref="ArgumentException">Data that is none of its type.</exception>
    public static void Write(TextWriter to, IEnumerable<MasterRecord> records)
    {
        foreach (var record in records)
        {
            if (!RecordDataText.TryFormat(record.Type, record.Data, EscapeForm.Decimal, out var data))
            {
                throw new ArgumentException($"Data of {record.Name} is none of type {record.Type.Name}.", nameof(records));
            }

            to.Write(string.Create(CultureInfo.InvariantCulture, $"{record.Name}\t{record.Ttl}\tIN\t{record.Type.Name}\t{data}\n"));
        }
    }
}
