namespace Converge.Graph;

internal sealed class GraphBuilder
{
    public static FleetGraph Build(Fleet fleet) => new(fleet, [], []);
}
