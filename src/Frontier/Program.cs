// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Commands;
using Frontier.Http.Transport;

InlineCompletions.Enable();

return await new RootCommand("Frontier: a content delivery network on your own machines, with Amazon CloudFront's API and behaviour.")
    {
        UpCommand.Create(), ExplainCommand.Create(), SignCommand.Create(), HistoryCommand.Create(), DiffCommand.Create(), RollbackCommand.Create(), PlanCommand.Create(), KeysCommand.Create(), AuditCommand.Create(),
        BackupCommand.Create(), RestoreCommand.Create(),
        ZoneCommand.Create(),
    }
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) }); // a full memory tier takes its time to disk
