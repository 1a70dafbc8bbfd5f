// SPDX-License-Identifier: Apache-2.0

// Each story runs a whole Frontier; side by side they would only measure how busy the machine is.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
