using ProviderRouter.Gateway.Access;

namespace ProviderRouter.Gateway.Forwarding;

/// <summary>A request that the router sends itself, for somebody who was let in already.</summary>
/// <param name="RequestId">Its id in the log: a UUID version 7.</param>
/// <param name="Admission">Who asks for it.</param>
internal sealed record OwnRequest(string RequestId, Admission Admission);
