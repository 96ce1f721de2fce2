using System;
using System.IO;
using System.Linq;

/// <summary>
/// Runs inside the real program before its Main, and writes down at its end which assemblies it has loaded. The runtime demands this name,
/// without a namespace: https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md
/// </summary>
internal static class StartupHook
{
    public const string Variable = "CONVERGE_TESTS_LOADED_ASSEMBLIES";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        File.WriteAllLines(Environment.GetEnvironmentVariable(Variable)!, AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name!));
}
