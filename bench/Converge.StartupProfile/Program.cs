using System;
using System.IO;
using System.Linq;
using Converge.StartupProfile;

// Turns what the JIT compiled while the command ran (DOTNET_JitDisasmSummary) into a profile, from which the publishing of the command compiles
// the same beforehand. Called by ./bench/startup-profile.
if (args is not [var output, .. var logs] || logs.Length == 0)
{
    Console.Error.WriteLine("usage: Converge.StartupProfile OUTPUT JIT-LOG...");
    return 2;
}

var names = new MethodNames();
var lines = logs.SelectMany(File.ReadLines).ToHashSet();
var methods = lines.SelectMany(names.Find).ToHashSet();
ProfileFile.Write(output, methods);
Console.WriteLine($"{methods.Count} generic methods; {names.Unknown} names could not be told");
return methods.Count > 0 ? 0 : 1;
