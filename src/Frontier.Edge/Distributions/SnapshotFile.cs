// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Edge.Certificates;

namespace Frontier.Edge.Distributions;

/// <summary>
/// The last good snapshot on disk: with it an edge starts and serves while the control plane is away. One file holds a whole
/// snapshot, a second one the changes to it since, one a line; while a whole one is new, the two of before are kept. They hold signing keys, hence mode 0600. Used by the feed's loop alone.
/// </summary>
internal sealed class SnapshotFile(string path)
{
    /// <summary>Bounds what a start has to apply.</summary>
    private const int MostDeltas = 1_024;

    /// <summary>The changes may take as much as the whole snapshot, but no less than this.</summary>
    private const int FewBytes = 64 * 1024;

    private readonly string _beforePath = path + ".before";
    private readonly string _deltasPath = DeltasOf(path);
    private long? _savedVersion;
    private int _deltas;
    private long _deltaBytes;
    private long _wholeBytes;

    /// <param name="delta">What made it of the one before; null when that is not known.</param>
    public void Save(ConfigSnapshot snapshot, SnapshotDelta? delta)
    {
        var follows = delta is not null && delta.BaseVersion == _savedVersion && delta.Version > delta.BaseVersion && _deltas < MostDeltas && _deltaBytes < Math.Max(_wholeBytes, FewBytes);
        _savedVersion = null; // until it is there: nothing follows what was written in part
        if (follows)
        {
            Append(delta!);
        }
        else
        {
            KeepBefore();
            SecretFile.Write(path, file => JsonSerializer.Serialize(file, snapshot, ContractsJson.Default.ConfigSnapshot));
            File.Delete(_deltasPath); // a crash before this leaves changes that are older than the snapshot, and are passed over
            (_deltas, _deltaBytes, _wholeBytes) = (0, 0, new FileInfo(path).Length);
        }

        _savedVersion = snapshot.Version;
    }

    /// <summary>What was saved last is good: nothing older is needed any more.</summary>
    public void ForgetBefore()
    {
        File.Delete(_beforePath);
        File.Delete(DeltasOf(_beforePath));
    }

    /// <summary>Null when there is none or it cannot be read; the feed then brings one.</summary>
    /// <param name="newest">The newest version that is wanted.</param>
    public ConfigSnapshot? Load(long newest = long.MaxValue) => Load(path, newest) ?? Load(_beforePath, newest);

    private static ConfigSnapshot? Load(string path, long newest)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, ContractsJson.Default.ConfigSnapshot) is { } whole && whole.Version <= newest ? ApplyDeltas(whole, DeltasOf(path), newest) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string DeltasOf(string path) => path + ".deltas";

    /// <summary>The first that was kept stays until <see cref="ForgetBefore"/>: those that came after it are no better proven than the new one.</summary>
    private void KeepBefore()
    {
        if (!File.Exists(_beforePath) && File.Exists(path))
        {
            if (File.Exists(_deltasPath))
            {
                File.Copy(_deltasPath, DeltasOf(_beforePath), overwrite: true);
            }

            File.Copy(path, _beforePath);
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
    private static ConfigSnapshot ApplyDeltas(ConfigSnapshot snapshot, string path, long newest)
    {
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                var delta = JsonSerializer.Deserialize(line, ContractsJson.Default.SnapshotDelta)!;
                if (delta.Version > newest || (delta.Version > snapshot.Version && delta.BaseVersion != snapshot.Version))
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
