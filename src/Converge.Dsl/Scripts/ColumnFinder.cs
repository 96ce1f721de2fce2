using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Converge.Scripts;

/// <summary>Finds where the calls of a script begin, keyed by the line that the compiler passes to them: that of their opening parenthesis.</summary>
internal static class ColumnFinder
{
    // Where a line has several calls, one of these is meant.
    private static readonly HashSet<string> Declaring =
        [.. from type in new[] { typeof(Script), typeof(Fleet), typeof(Host), typeof(HostGroup), typeof(Secret), typeof(Content) }
            from method in type.GetMethods()
            where method.GetParameters().Any(p => p.IsDefined(typeof(CallerLineNumberAttribute)))
            select method.Name];

    public static ColumnTable Find(IEnumerable<SyntaxTree> trees, CancellationToken ct)
    {
        var calls =
            from tree in trees
            from call in tree.GetRoot(ct).DescendantNodes().OfType<InvocationExpressionSyntax>()
            let line = Line(tree, call.ArgumentList.OpenParenToken)
            let begin = Line(tree, call.GetFirstToken()) is var first && first.Line == line.Line ? first : Line(tree, Name(call))
            orderby Declaring.Contains(Name(call).ValueText) ? 0 : 1, begin.Character
            select (Place: (tree.FilePath, line.Line + 1), Column: begin.Character + 1);
        return new ColumnTable(calls.DistinctBy(c => c.Place).ToDictionary(c => c.Place, c => c.Column));
    }

    private static Microsoft.CodeAnalysis.Text.LinePosition Line(SyntaxTree tree, SyntaxToken token) => tree.GetLineSpan(token.Span).StartLinePosition;

    private static SyntaxToken Name(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier,
        MemberBindingExpressionSyntax member => member.Name.Identifier,
        SimpleNameSyntax name => name.Identifier,
        _ => call.ArgumentList.OpenParenToken,
    };
}
