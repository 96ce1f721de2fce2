using System;
using System.Collections.Generic;

namespace Converge.Graph;

/// <summary>Order and cycles of a directed graph; knows nothing of hosts or resources.</summary>
internal static class Topology
{
    /// <summary>The vertices, each behind all that it depends on, otherwise in the order given; null when there is a cycle.</summary>
    public static IReadOnlyList<T>? Sort<T>(IReadOnlyList<T> vertices, Func<T, IEnumerable<T>> dependencies)
        where T : notnull
    {
        var sorted = new List<T>(vertices.Count);
        return Walk(vertices, dependencies, sorted.Add) is null ? sorted : null;
    }

    /// <summary>One cycle as a path that ends where it began, each vertex depending on the next; null when there is none.</summary>
    public static IReadOnlyList<T>? FindCycle<T>(IReadOnlyList<T> vertices, Func<T, IEnumerable<T>> dependencies)
        where T : notnull => Walk(vertices, dependencies, _ => { });

    /// <summary>Whether <paramref name="from"/> depends on <paramref name="target"/>, directly or not.</summary>
    public static bool DependsOn<T>(T from, T target, Func<T, IEnumerable<T>> dependencies)
        where T : class
    {
        var seen = new HashSet<T>(ReferenceEqualityComparer.Instance) { from };
        var open = new Stack<T>([from]);
        while (open.TryPop(out var vertex))
        {
            foreach (var next in dependencies(vertex))
            {
                if (ReferenceEquals(next, target))
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }

    // Depth first without recursion: a chain of ten thousand resources must not end in a stack overflow.
    private static IReadOnlyList<T>? Walk<T>(IReadOnlyList<T> vertices, Func<T, IEnumerable<T>> dependencies, Action<T> leave)
        where T : notnull
    {
        var done = new HashSet<T>();
        var onPath = new Dictionary<T, int>();
        var path = new List<(T Vertex, IEnumerator<T> Next)>();
        foreach (var root in vertices)
        {
            Enter(root);
            while (path.Count > 0)
            {
                var (vertex, next) = path[^1];
                if (!next.MoveNext())
                {
                    path.RemoveAt(path.Count - 1);
                    onPath.Remove(vertex);
                    done.Add(vertex);
                    leave(vertex);
                }
                else if (onPath.TryGetValue(next.Current, out var start))
                {
                    return [.. path[start..].ConvertAll(p => p.Vertex), next.Current];
                }
                else
                {
                    Enter(next.Current);
                }
            }
        }

        return null;

        void Enter(T vertex)
        {
            if (!done.Contains(vertex) && onPath.TryAdd(vertex, path.Count))
            {
                path.Add((vertex, dependencies(vertex).GetEnumerator()));
            }
        }
    }
}
