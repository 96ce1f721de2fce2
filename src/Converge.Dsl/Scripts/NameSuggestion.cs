using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Converge.Scripts;

/// <summary>"Did you mean" for the compiler's errors about unknown names, out of what can be seen at that place.</summary>
internal static class NameSuggestion
{
    public static string? For(CSharpCompilation compilation, Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
            return null;

        var node = tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        var model = compilation.GetSemanticModel(tree);
        if (node is LiteralExpressionSyntax { Token.ValueText: var digits } && model.GetTypeInfo(node).ConvertedType?.ToDisplayString().Contains(nameof(System.IO.UnixFileMode), System.StringComparison.Ordinal) == true)
            return $"write Mode.Octal(\"{digits}\")";

        var position = error.Location.SourceSpan.Start;
        return Typed(node) is not { } typed ? null : error.Id switch
        {
            // An unknown name, or an unknown type.
            "CS0103" => Elsewhere(compilation, typed) ?? Spelling.Suggest(typed, Names(model.LookupSymbols(position))),
            "CS0246" => Elsewhere(compilation, typed) ?? Spelling.Suggest(typed, Names(model.LookupNamespacesAndTypes(position))),

            // An unknown member of a value or of a type, also in an object initializer; an unknown name in a namespace.
            "CS1061" or "CS0117" or "CS0426" => Container(model, node) is { } container
                ? Spelling.Suggest(typed, Names(model.LookupSymbols(position, container, includeReducedExtensionMethods: true)))
                : null,
            "CS0234" => Container(model, node) is INamespaceSymbol space ? Spelling.Suggest(typed, space.GetMembers().Select(m => m.Name)) : null,

            // An unknown argument name.
            "CS1739" => Spelling.Suggest(typed, Parameters(model, node)),
            _ => null,
        };
    }

    private static string? Typed(SyntaxNode node) => node switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };

    private static IEnumerable<string> Names(IEnumerable<ISymbol> symbols) =>
        symbols.Where(s => s.CanBeReferencedByName && s is not INamespaceSymbol).Select(s => s.Name);

    private static INamespaceOrTypeSymbol? Container(SemanticModel model, SyntaxNode node)
    {
        if (node.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax creation } })
            return model.GetTypeInfo(creation).Type;

        var left = node.AncestorsAndSelf().Select(Left).FirstOrDefault(l => l is not null);
        return left is null ? null : model.GetSymbolInfo(left).Symbol as INamespaceOrTypeSymbol ?? model.GetTypeInfo(left).Type;
    }

    private static SyntaxNode? Left(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        QualifiedNameSyntax name => name.Left,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.WithInitializerExpression, Parent: WithExpressionSyntax with } } => with.Expression,
        _ => null,
    };

    private static IEnumerable<string> Parameters(SemanticModel model, SyntaxNode node) =>
        node.FirstAncestorOrSelf<ArgumentListSyntax>()?.Parent is { } call
            ? model.GetSymbolInfo(call).CandidateSymbols.OfType<IMethodSymbol>().SelectMany(m => m.Parameters).Select(p => p.Name)
            : [];

    /// <summary>The name exists in a namespace that the script did not import.</summary>
    private static string? Elsewhere(CSharpCompilation compilation, string typed)
    {
        var type = Types(compilation.GlobalNamespace, typed).OrderBy(t => t.ToDisplayString().Length).FirstOrDefault();
        if (type?.ContainingNamespace is not { } space)
            return null;

        // Importing System.IO would make File and Directory ambiguous with the resources of these names.
        var ours = compilation.GetTypeByMetadataName(typeof(Converge.Modules.File).FullName!)!.ContainingNamespace;
        var clashes = space.GetTypeMembers().Any(t => !ours.GetTypeMembers(t.Name).IsEmpty);
        return $"write {type.ToDisplayString()}" + (clashes ? "" : $", or begin the script with: using {space.ToDisplayString()};");
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space, string name) =>
        space.GetTypeMembers(name).Where(t => t.DeclaredAccessibility == Accessibility.Public && t.Arity == 0)
            .Concat(space.GetNamespaceMembers().SelectMany(inner => Types(inner, name)));
}
