// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>The files of a cache's directory.</summary>
internal interface IDiskFiles
{
    bool Exists(string path);

    IDiskFile Create(string path);

    IDiskFile Open(string path);

    void Move(string from, string to);

    /// <summary>Does nothing when there is no such file.</summary>
    void Delete(string path);
}
