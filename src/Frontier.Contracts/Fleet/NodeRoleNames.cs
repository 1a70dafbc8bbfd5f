// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>What roles are called in flags, in certificates and in Frontier's own API.</summary>
public static class NodeRoleNames
{
    public static string Of(NodeRole role) => role switch
    {
        NodeRole.Edge => "edge",
        NodeRole.Regional => "regional",
        NodeRole.Dns => "dns",
    };

    public static bool TryRead(string? text, out NodeRole role)
    {
        foreach (var known in Enum.GetValues<NodeRole>())
        {
            if (Of(known) == text)
            {
                role = known;
                return true;
            }
        }

        role = default;
        return false;
    }
}
