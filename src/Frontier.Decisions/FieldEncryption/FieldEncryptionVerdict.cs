// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.FieldEncryption;

namespace Frontier.Decisions.FieldEncryption;

/// <summary>What becomes of a request before its body is read.</summary>
/// <param name="Profile">Which fields to encrypt, where the status is <see cref="FieldEncryptionStatus.Processed"/>; null otherwise.</param>
public readonly record struct FieldEncryptionVerdict(FieldEncryptionStatus Status, FieldEncryptionProfileModel? Profile = null);
