using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Converge.Docs.Tests.Modules;

/// <summary>The members that are written in a script, in the order of the source: not those that every record has, nor those that the engine calls.</summary>
internal static class Members
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What a script sets or fills.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) => Written(type).OfType<PropertyInfo>().Where(IsSet);

    /// <summary>Constructors besides the one whose parameters are properties, factories, conversions, and what it gives to others.</summary>
    public static IEnumerable<MemberInfo> Calls(Type type) => Written(type).Where(m => m is not PropertyInfo property || !IsSet(property));

    public static IEnumerable<FieldInfo> Values(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static);

    private static IEnumerable<MemberInfo> Written(Type type) => type.GetMembers(Own).Where(m => IsWritten(type, m)).OrderBy(m => m is not ConstructorInfo);

    private static bool IsSet(PropertyInfo property) =>
        !property.GetMethod!.IsStatic && (property.SetMethod is { IsPublic: true } || (property.GetMethod.IsDefined(typeof(CompilerGeneratedAttribute)) && property.PropertyType.GetInterface("IEnumerable") is not null && property.PropertyType != typeof(string)));

    private static bool IsWritten(Type type, MemberInfo member) => member switch
    {
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not PropertyInfo => false,
        ConstructorInfo constructor => !IsMadeOfProperties(constructor) && (constructor.GetParameters() is not [var only] || only.ParameterType != type),
        PropertyInfo property => property.GetMethod is { } get && get.GetBaseDefinition() == get && property.GetIndexParameters().Length == 0 && !IsOfInterface(type, get),
        MethodInfo method => IsWritten(type, method),
        FieldInfo => true,
        _ => false,
    };

    private static bool IsWritten(Type type, MethodInfo method) =>
        method.GetBaseDefinition() == method && !IsOfInterface(type, method) && method.Name is not ("Deconstruct" or "Equals" or "GetEnumerator" or "Add")
        && (!method.IsSpecialName || method.Name == "op_Implicit");

    // The parameters of a record are in its table, and a constructor without any says nothing.
    private static bool IsMadeOfProperties(ConstructorInfo constructor) =>
        constructor.GetParameters().All(p => constructor.DeclaringType!.GetProperty(p.Name!) is not null);

    private static bool IsOfInterface(Type type, MethodInfo method) =>
        type is { IsInterface: false } && type.GetInterfaces().Where(i => i.Assembly != type.Assembly).Any(i => type.GetInterfaceMap(i).TargetMethods.Contains(method));
}
