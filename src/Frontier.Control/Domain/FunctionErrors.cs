// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain;

/// <summary>The part of the error catalogue that only functions and key value stores need (<c>api.md</c> §6.11, §6.12, §8).</summary>
internal static class FunctionErrors
{
    public static readonly ApiError NoSuchFunction = new("NoSuchFunctionExists", 404, "The function does not exist.");
    public static readonly ApiError FunctionAlreadyExists = new("FunctionAlreadyExists", 409, "A function with the same name already exists in this AWS account. To create a function, you must provide a unique name.");
    public static readonly ApiError FunctionInUse = new("FunctionInUse", 409, "Cannot delete the function because it's attached to one or more cache behaviors.");
    public static readonly ApiError FunctionTooLarge = new("FunctionSizeLimitExceeded", 413, "The function is too large.");
    public static readonly ApiError TooManyFunctions = new("TooManyFunctions", 400, "You have reached the maximum number of CloudFront functions for this AWS account.");

    public static readonly ApiError NoSuchEntity = new("EntityNotFound", 404, "The entity was not found.");
    public static readonly ApiError EntityAlreadyExists = new("EntityAlreadyExists", 409, "The entity already exists. You must provide a unique entity.");
    public static readonly ApiError EntityInUse = new("CannotDeleteEntityWhileInUse", 409, "The entity cannot be deleted while it is in use.");
    public static readonly ApiError TooManyEntities = new("EntityLimitExceeded", 400, "The entity limit has been exceeded.");
    public static readonly ApiError EntityTooLarge = new("EntitySizeLimitExceeded", 413, "The entity size limit was exceeded.");
}
