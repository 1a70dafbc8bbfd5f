// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Backups;

namespace Frontier.Commands;

/// <summary>The flags that say which store a command works on; they mean what they do for <c>frontier up</c>.</summary>
internal sealed class StoreFlags
{
    private readonly Option<string?> _data = new("--data") { Description = "The data directory of the node. Default ./frontier-data" };
    private readonly Option<string?> _store = new("--store") { Description = "sqlite, or postgres://user:password@host/database. Default sqlite, in --data" };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_store);
    }

    public BackupSettings Read(ParseResult parsed) => BackupSettings.Read(new Dictionary<string, string?> { ["data"] = parsed.GetValue(_data), ["store"] = parsed.GetValue(_store) });
}
