// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Geo;

/// <summary>The part of a file that values lie in, and pointers count from. Offsets are in bytes of the file.</summary>
internal sealed record ValueSection(MappedFile File, long Start, long End)
{
    /// <param name="offset">Bytes from the section's start.</param>
    /// <exception cref="InvalidDataException">There is no value.</exception>
    public DatabaseValue At(long offset) => DatabaseValue.Read(this, Start + offset);

    /// <exception cref="InvalidDataException">It reaches beyond the section.</exception>
    public void Read(long at, Span<byte> into)
    {
        if (at < Start || at > End - into.Length)
        {
            throw new InvalidDataException("A value reaches beyond the part of the file that it belongs to.");
        }

        File.Read(at, into);
    }
}
