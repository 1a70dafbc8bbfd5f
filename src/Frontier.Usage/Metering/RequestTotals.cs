// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Usage.Metering;

/// <summary>All requests since the start, counted twice over: by how they ended and by the status of the answer.</summary>
public sealed class RequestTotals
{
    private readonly ImmutableArray<Traffic> _byResult;
    private readonly ImmutableArray<Traffic> _byStatusClass;

    internal RequestTotals(ImmutableArray<Traffic> byResult, ImmutableArray<Traffic> byStatusClass)
    {
        (_byResult, _byStatusClass) = (byResult, byStatusClass);
    }

    public Traffic All => _byResult.Aggregate(default(Traffic), Traffic.Add);

    public Traffic Of(ResultType result) => _byResult[(int)result];

    /// <param name="hundreds">1 to 5; 0 for viewers that left before an answer.</param>
    public Traffic OfStatusClass(int hundreds) => _byStatusClass[hundreds];
}
