// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Edge.Certificates;

namespace Frontier.Edge.Distributions;

/// <summary>
/// The last good snapshot on disk: with it an edge starts and serves while the control plane is away. One file holds a whole
/// snapshot, a second one the changes to it since, one a line. They hold signing keys, hence mode 0600. Used by the feed's loop alone.
/// </summary>
internal sealed class SnapshotFile(string path)
{
    /// <summary>Bounds what a start has to apply.</summary>
    private const int MostDeltas = 1_024;

    /// <summary>The changes may take as much as the whole snapshot, but no less than this.</summary>
    private const int FewBytes = 64 * 1024;

    private readonly string _deltasPath = path + ".deltas";
    private long? _savedVersion;
    private int _deltas;
    private long _deltaBytes;
    private long _wholeBytes;

    /// <param name="delta">What made it of the one before; null when that is not known.</param>
    public void Save(ConfigSnapshot snapshot, SnapshotDelta? delta)
    {
        var follows = delta is not null && delta.BaseVersion == _savedVersion && _deltas < MostDeltas && _deltaBytes < Math.Max(_wholeBytes, FewBytes);
        _savedVersion = null; // until it is there: nothing follows what was written in part
        if (follows)
        {
            Append(delta!);
        }
        else
        {
            SecretFile.Write(path, file => JsonSerializer.Serialize(file, snapshot, ContractsJson.Default.ConfigSnapshot));
            File.Delete(_deltasPath); // a crash before this leaves changes that are older than the snapshot, and are passed over
            (_deltas, _deltaBytes, _wholeBytes) = (0, 0, new FileInfo(path).Length);
        }

        _savedVersion = snapshot.Version;
    }

    /// <summary>Null when there is none or it cannot be read; the feed then brings one.</summary>
    public ConfigSnapshot? Load()
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, ContractsJson.Default.ConfigSnapshot) is { } whole ? ApplyDeltas(whole) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void Append(SnapshotDelta delta)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(delta, ContractsJson.Default.SnapshotDelta), (byte)'\n'];
        SecretFile.Append(_deltasPath, line);
        _deltas++;
        _deltaBytes += line.Length;
    }

    /// <summary>As far as they can be read: what a crash has torn was never acknowledged. After a start the next one is written whole.</summary>
    private ConfigSnapshot ApplyDeltas(ConfigSnapshot snapshot)
    {
        try
        {
            foreach (var line in File.ReadLines(_deltasPath))
            {
                var delta = JsonSerializer.Deserialize(line, ContractsJson.Default.SnapshotDelta)!;
                if (delta.Version > snapshot.Version && delta.BaseVersion != snapshot.Version)
                {
                    break;
                }

                snapshot = delta.Version > snapshot.Version ? delta.ApplyTo(snapshot) : snapshot;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return snapshot;
        }

        return snapshot;
    }
}
