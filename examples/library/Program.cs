// Converge as a library: two hosts described in plain C#, planned, shown and applied, with progress and a clean stop on Ctrl-C.
//
//   dotnet run --project examples/library -- [--yes] [SSH_CONFIG [WEB_ADDRESS APP_ADDRESS]]

using Converge;
using Converge.Applying;
using Converge.Graph;
using Converge.Modules;
using Converge.Planning;
using Converge.Sessions;
using File = Converge.Modules.File;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl-C stops cleanly, the second is left to the system.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};

string[] given = [.. args.Where(a => a != "--yes")];
var connector = new SshConnector(new SshOptions { ConfigFile = given.ElementAtOrDefault(0) });
try
{
    var graph = FleetGraph.Build(Describe(given.ElementAtOrDefault(1) ?? "10.77.0.21", given.ElementAtOrDefault(2) ?? "10.77.0.31"));
    await using var run = new FleetRun(graph, connector, new RunOptions { Progress = new Lines(), LockWait = TimeSpan.FromMinutes(1) });

    var plan = await run.PlanAsync(stop.Token);
    Show(plan);
    if (plan.HasFailures || !plan.HasChanges || !args.Contains("--yes"))
    {
        return plan.HasFailures ? 1 : 0;
    }

    var report = await run.ApplyAsync(plan, stop.Token);
    Console.WriteLine($"{report.Count(Outcome.Changed)} changed, {report.Count(Outcome.Failed)} failed, {report.Count(Outcome.Skipped)} skipped in {report.Duration.TotalSeconds:0.0} s");
    return report.Succeeded ? 0 : 1;
}
catch (ScriptException e)
{
    // Every mistake of the description, found before any host was touched.
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("stopped before anything was changed");
    return 1;
}

static Fleet Describe(string webAddress, string appAddress)
{
    var fleet = new Fleet();
    var web = fleet.Host("web1", webAddress);
    var app = fleet.Host("app1", appAddress);

    Fleet.Group(web, app).Add(new File("/etc/motd") { Content = "Described in C#.\n", Mode = Mode.Octal("0644") });

    var unit = app.Add(new SystemdUnit("worker.service")
    {
        Content = """
            [Unit]
            Description=Stands for an application of yours

            [Service]
            ExecStart=/bin/sleep infinity
            DynamicUser=yes

            [Install]
            WantedBy=multi-user.target

            """,
    });
    var worker = app.Add(new Service("worker") { Running = true, Enabled = true, RestartOn = [unit] });

    // On another host, and only once the worker runs.
    web.Add(new File("/etc/worker-address") { Content = $"{app.Address}\n", After = [worker] });
    return fleet;
}

static void Show(Plan plan)
{
    foreach (var host in plan.Hosts)
    {
        Console.WriteLine(host.Failure is null ? $"{host.Host.Name} ({host.Host.Address})" : $"{host.Failure.Title}\n  {host.Failure.Detail}");
        foreach (var resource in host.Resources)
        {
            Console.WriteLine($"  {(resource.Changes.Count == 0 ? "=" : "~")} {resource.Node.Resource}");
            foreach (var change in resource.Changes)
            {
                Console.WriteLine($"      {change.Property}: {change.From ?? "none"} -> {change.To ?? "none"}");
            }
        }
    }
}

/// <summary>Tells what happens as it happens; called by several hosts, one at a time.</summary>
internal sealed class Lines : IProgress<RunEvent>
{
    public void Report(RunEvent value)
    {
        var line = value switch
        {
            HostConnected connected => $"connected in {connected.Elapsed.TotalMilliseconds:0} ms",
            StepStarted step => step.Step.Describe(),
            ResourceFinished { Result: { Failure: { } failure } } => $"{failure.Title}\n{failure.Detail}",
            ResourceFinished finished => $"{finished.Result.Node.Resource}: {finished.Result.Outcome}",
            _ => null,
        };
        if (line is not null)
        {
            Console.WriteLine($"{value.Host}: {line}");
        }
    }
}
