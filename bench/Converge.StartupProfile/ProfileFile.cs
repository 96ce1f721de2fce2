using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace Converge.StartupProfile;

/// <summary>
/// Writes a profile for crossgen2 (.mibc): an assembly whose method AssemblyDictionary leads to one method for each set of assemblies, which
/// loads a token of each method. The form is described at MIbcProfileParser in github.com/dotnet/runtime.
/// </summary>
internal static class ProfileFile
{
    public static void Write(string path, IEnumerable<MethodBase> methods)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("startup"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("startup");
        var dictionary = DefineMethod(module, "AssemblyDictionary");

        // In one order, so that the same methods give the same file.
        foreach (var (index, group) in methods.GroupBy(m => string.Join(';', AssembliesOf(m).Distinct()) + ";").OrderBy(g => g.Key, StringComparer.Ordinal).Index())
        {
            var name = $"Assemblies{index}";
            var tokens = DefineMethod(module, name);
            foreach (var method in group.OrderBy(m => $"{m.DeclaringType} {m}", StringComparer.Ordinal))
            {
                tokens.Emit(OpCodes.Ldtoken, method is ConstructorInfo constructor ? module.GetMethodMetadataToken(constructor) : module.GetMethodMetadataToken((MethodInfo)method));
                tokens.Emit(OpCodes.Pop);
            }

            tokens.Emit(OpCodes.Ret);
            dictionary.Emit(OpCodes.Ldstr, group.Key);
            dictionary.Emit(OpCodes.Ldtoken, _defined[name]);
            dictionary.Emit(OpCodes.Pop);
        }

        dictionary.Emit(OpCodes.Ret);
        module.CreateGlobalFunctions();
        assembly.Save(path);
    }

    private static readonly Dictionary<string, MethodBuilder> _defined = new(StringComparer.Ordinal);

    private static ILGenerator DefineMethod(ModuleBuilder module, string name)
    {
        _defined[name] = module.DefineGlobalMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), Type.EmptyTypes);
        return _defined[name].GetILGenerator();
    }

    // The one that defines it comes first.
    private static IEnumerable<string> AssembliesOf(MethodBase method)
    {
        var more = AssembliesOf(method.DeclaringType!).Concat(method.IsGenericMethod ? method.GetGenericArguments().SelectMany(AssembliesOf) : []);
        return more.Skip(1).Order(StringComparer.Ordinal).Prepend(AssembliesOf(method.DeclaringType!).First());
    }

    private static IEnumerable<string> AssembliesOf(Type type) => type.HasElementType
        ? AssembliesOf(type.GetElementType()!)
        : type.GetGenericArguments().SelectMany(AssembliesOf).Prepend(type.Assembly.GetName().Name!);
}
