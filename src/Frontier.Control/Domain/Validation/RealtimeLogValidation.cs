// SPDX-License-Identifier: Apache-2.0

using System.Text.RegularExpressions;
using Frontier.Control.Domain.RealtimeLogs;

namespace Frontier.Control.Domain.Validation;

/// <summary>Real-time log configurations (API-6.17).</summary>
internal static partial class RealtimeLogValidation
{
    private const int EndPoints = 1;
    private const int LongestArn = 2_048;

    public static void Check(RealtimeLogSettings settings, FaultList faults)
    {
        NameValidation.CheckName(settings.Name, faults);
        faults.Require(settings.SamplingRate is >= 1 and <= 100, ApiErrors.InvalidArgument, "The parameter SamplingRate must be from 1 to 100.");
        faults.Require(settings.EndPoints.Length == EndPoints, ApiErrors.InvalidArgument, "The parameter EndPoints must have one item.");
        foreach (var point in settings.EndPoints)
        {
            faults.Require(point.RoleArn.Length <= LongestArn && RoleArn.IsMatch(point.RoleArn), ApiErrors.InvalidArgument, "The parameter RoleARN must be the ARN of an IAM role.");
            faults.Require(point.StreamArn.Length <= LongestArn && StreamArn.IsMatch(point.StreamArn), ApiErrors.InvalidArgument, "The parameter StreamARN must be the ARN of a Kinesis stream.");
        }

        faults.Require(!settings.Fields.IsEmpty, ApiErrors.InvalidArgument, "The parameter Fields must have at least one item.");
        faults.Require(settings.Fields.Distinct().Count() == settings.Fields.Length, ApiErrors.InvalidArgument, "The parameter Fields contains a field more than once.");
        foreach (var field in settings.Fields.Where(static field => !RealtimeLogFields.All.Contains(field)))
        {
            faults.Add(ApiErrors.InvalidArgument, $"The parameter Fields contains '{field}', which is no field of a real-time log.");
        }
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\x21-\x7e]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex RoleArn { get; }

    [GeneratedRegex(@"^arn:aws[a-z-]*:kinesis:[a-z0-9-]+:[0-9]{12}:stream/[a-zA-Z0-9_.-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex StreamArn { get; }
}
