namespace ProviderRouter.Access;

/// <summary>What keys are said to be, in the database and in JSON.</summary>
public static class KeyWords
{
    /// <summary><c>client</c> or <c>admin</c>.</summary>
    public static string Word(this ClientKeyKind kind) => kind == ClientKeyKind.Admin ? "admin" : "client";

    /// <summary><c>valid</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public static string Word(this ClientKeyState state) => state switch
    {
        ClientKeyState.Expired => "expired",
        ClientKeyState.Revoked => "revoked",
        _ => "valid",
    };
}
