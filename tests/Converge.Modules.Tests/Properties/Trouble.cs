using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Converge.Sessions;
using Converge.Testing;
using CsCheck;

namespace Converge.Modules.Tests.Properties;

/// <summary>What goes wrong.</summary>
internal enum TroubleSort
{
    /// <summary>A step ends with exit code 1 and has done nothing.</summary>
    StepFails,

    /// <summary>A step says that it is done, and has done nothing.</summary>
    StepLies,

    /// <summary>The connection is lost when a step is sent.</summary>
    LostBefore,

    /// <summary>The connection is lost behind the steps, before the proof comes back.</summary>
    LostBehind,

    /// <summary>Nobody lets us in.</summary>
    Unreachable,

    /// <summary>The run is stopped now.</summary>
    StopNow,

    /// <summary>The run shall end in order.</summary>
    NoMoreSteps,
}

/// <summary>Something that goes wrong on a host at one of its steps, counted from 0.</summary>
internal sealed record Trouble(TroubleSort Sort, int Host, int Step)
{
    public static readonly Gen<Trouble> Any = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[0, 7]).Select((sort, host, step) => new Trouble((TroubleSort)sort, host, step));
}

/// <summary>Lets troubles happen to the hosts of a fleet, and remembers which did.</summary>
internal sealed class Troublemaker(RandomFleet fleet, IReadOnlyList<Trouble> troubles) : IDisposable
{
    private readonly ConcurrentBag<string> _spoilt = [];
    private readonly CancellationTokenSource _now = new();
    private readonly CancellationTokenSource _noMoreSteps = new();

    public CancellationToken Now => _now.Token;

    public CancellationToken NoMoreSteps => _noMoreSteps.Token;

    /// <summary>Steps that failed or lied, described.</summary>
    public IReadOnlyCollection<string> Spoilt => _spoilt;

    public void Begin()
    {
        foreach (var host in fleet.Fleet.Hosts)
        {
            var own = troubles.Where(t => fleet.Fleet.Hosts[t.Host % fleet.Fleet.Hosts.Count] == host).ToList();
            var target = fleet.Hosts[host.Name];
            target.Unreachable = own.Exists(t => t.Sort == TroubleSort.Unreachable) ? new HostUnreachableException(host.Name, "no route to host") : null;
            target.Intercept = Interceptor(host.Name, own);
        }
    }

    public void End()
    {
        foreach (var host in fleet.Fleet.Hosts)
        {
            fleet.Hosts[host.Name].Unreachable = null;
            fleet.Hosts[host.Name].Intercept = (item, _) => Task.FromResult(fleet.Refuse(host.Name, item));
        }
    }

    public void Dispose()
    {
        _now.Dispose();
        _noMoreSteps.Dispose();
    }

    private Func<ExchangeItem, CancellationToken, Task<ItemResult?>> Interceptor(string host, List<Trouble> own)
    {
        var begun = -1;
        return async (item, _) =>
        {
            begun += item is StepItem ? 1 : 0;
            foreach (var trouble in own.Where(t => t.Step == begun))
            {
                switch (trouble.Sort)
                {
                    case TroubleSort.StepFails when item is StepItem failing:
                        _spoilt.Add(failing.Step.Describe());
                        return new ItemResult(Answer.FromText("", "injected\n", 1));
                    case TroubleSort.StepLies when item is StepItem lying:
                        _spoilt.Add(lying.Step.Describe());
                        return new ItemResult(InMemoryHost.Success);
                    case TroubleSort.LostBefore when item is StepItem:
                    case TroubleSort.LostBehind when item is not StepItem:
                        throw new HostUnreachableException(host, "the connection was lost");
                    case TroubleSort.StopNow:
                        await _now.CancelAsync();
                        break;
                    case TroubleSort.NoMoreSteps:
                        await _noMoreSteps.CancelAsync();
                        break;
                }
            }

            return fleet.Refuse(host, item);
        };
    }
}
