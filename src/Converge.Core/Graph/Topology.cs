using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Graph;

/// <summary>
/// Order and cycles of a directed graph; knows nothing of hosts or resources. A graph is its vertices and a function that gives the dependency of a
/// vertex at a position, null behind the last: over a large fleet, sequences would cost more than the walk.
/// </summary>
internal static class Topology
{
    /// <summary>The vertices, each behind all that it depends on, otherwise in the order given; null when there is a cycle.</summary>
    public static IReadOnlyList<T>? Sort<T>(IReadOnlyList<T> vertices, Func<T, int, T?> dependency)
        where T : class
    {
        var sorted = new List<T>(vertices.Count);
        return Walk(vertices, dependency, sorted.Add) is null ? sorted : null;
    }

    /// <summary>One cycle as a path that ends where it began, each vertex depending on the next; null when there is none.</summary>
    public static IReadOnlyList<T>? FindCycle<T>(IReadOnlyList<T> vertices, Func<T, int, T?> dependency)
        where T : class => Walk(vertices, dependency, _ => { });

    /// <summary>All that <paramref name="from"/> depends on, directly or not; itself only where there is a cycle.</summary>
    public static HashSet<T> Reach<T>(T from, Func<T, int, T?> dependency)
        where T : class
    {
        var reached = new HashSet<T>(ReferenceEqualityComparer.Instance);
        var open = new Stack<T>([from]);
        while (open.TryPop(out var vertex))
        {
            for (var i = 0; dependency(vertex, i) is { } next; i++)
            {
                if (reached.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }

    // Depth first without recursion: a chain of ten thousand resources must not end in a stack overflow.
    private static IReadOnlyList<T>? Walk<T>(IReadOnlyList<T> vertices, Func<T, int, T?> dependency, Action<T> leave)
        where T : class
    {
        // True while it is on the path, false when it has been left.
        var seen = new Dictionary<T, bool>(vertices.Count, ReferenceEqualityComparer.Instance);
        var path = new List<(T Vertex, int Next)>();
        foreach (var root in vertices)
        {
            Enter(root);
            while (path.Count > 0)
            {
                var (vertex, position) = path[^1];
                if (dependency(vertex, position) is not { } next)
                {
                    path.RemoveAt(path.Count - 1);
                    seen[vertex] = false;
                    leave(vertex);
                }
                else if (seen.TryGetValue(next, out var onPath))
                {
                    if (onPath)
                    {
                        return [.. path.SkipWhile(p => p.Vertex != next).Select(p => p.Vertex), next];
                    }

                    path[^1] = (vertex, position + 1);
                }
                else
                {
                    path[^1] = (vertex, position + 1);
                    Enter(next);
                }
            }
        }

        return null;

        void Enter(T vertex)
        {
            if (seen.TryAdd(vertex, true))
            {
                path.Add((vertex, 0));
            }
        }
    }
}
