// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Commands;
using Frontier.Http.Transport;

InlineCompletions.Enable();

var parsed = new RootCommand("Frontier: a content delivery network on your own machines, with Amazon CloudFront's API and behaviour.")
    {
        UpCommand.Create(), ExplainCommand.Create(), SignCommand.Create(), HistoryCommand.Create(), DiffCommand.Create(), RollbackCommand.Create(), PlanCommand.Create(), KeysCommand.Create(), AuditCommand.Create(),
        BackupCommand.Create(), RestoreCommand.Create(),
        RunCommand.Create(), PopCommand.Create(), FleetCommand.Create(), StatusCommand.Create(),
        RolloutCommand.Create(),
        ZoneCommand.Create(),
    }
    .Parse(args);
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) }); // a full memory tier takes its time to disk
return parsed is { Errors.Count: > 0, CommandResult.Command.Name: StatusCommand.Name } ? StatusCommand.WrongUsage : code; // who watches a fleet must not take a mistake for an alarm
