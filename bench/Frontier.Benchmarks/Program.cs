// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text.Json;
using Frontier.Benchmarks;

// Measures the steps of a cache hit one by one and prints nanoseconds and allocated bytes an operation.
// Arguments: part of a name, to measure those alone; --json for one object a line.
var isJson = args.Contains("--json");
var part = args.FirstOrDefault(static argument => !argument.StartsWith("--", StringComparison.Ordinal)) ?? "";
if (!isJson)
{
    Console.WriteLine("| step | what | ns | fastest | bytes |");
    Console.WriteLine("|---|---|---:|---:|---:|");
}

using var records = RecordBenchmarks.Start();
await using var lookups = await LookupBenchmarks.StartAsync();
foreach (var benchmark in HeadBenchmarks.All.Concat(lookups.All).Concat(LimitBenchmarks.All).Concat(SigningBenchmarks.All).Concat(DnsBenchmarks.All).Concat(records.All).Where(benchmark => benchmark.Name.Contains(part, StringComparison.Ordinal)))
{
    var measured = Measurement.Of(benchmark);
    Console.WriteLine(isJson
        ? JsonSerializer.Serialize(measured, MeasurementJson.Default.Measurement)
        : string.Create(CultureInfo.InvariantCulture, $"| {measured.Name} | {measured.What} | {measured.Nanoseconds:F1} | {measured.Fastest:F1} | {measured.Bytes:F1} |"));
}
