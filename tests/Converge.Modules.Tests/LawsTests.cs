using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Testing;

namespace Converge.Modules.Tests;

/// <summary>Every resource of the assembly keeps the laws: the primitives by the examples here, the others in their own tests.</summary>
public sealed class LawsTests
{
    private static readonly Secret _secret = Secret.FromValue("LAW_SECRET", "correct horse battery staple");

    private static readonly FileState _found = new(PathKind.File) { Mode = Mode.Octal("0644"), Size = 3, Sha256 = "00", Content = "old"u8.ToArray() };

    private static readonly UnitStatus _running = new("app.service") { LoadState = "loaded", ActiveState = "active", UnitFileState = "enabled", CanReload = true };

    private static IEnumerable<LawExample> Examples =>
    [
        Of(new File("/etc/x") { Content = "new", Owner = "app" }, _found with { Sha256 = ((Content)"new").Sha256(null), Owner = "app" }, FileState.Missing, _found, new FileState(PathKind.Symlink) { Target = "y" }),
        Of(new File("/etc/x") { Content = Content.Text($"{_secret}") }, _found with { Sha256 = ((Content)_secret).Sha256(null), Content = null }, FileState.Missing, _found),
        Of(new File("/etc/x") { Absent = true }, FileState.Missing, _found),
        Of(new Directory("/srv/x") { Mode = Mode.Octal("0750") }, new FileState(PathKind.Directory) { Mode = Mode.Octal("0750") }, FileState.Missing, new FileState(PathKind.Directory)),
        Of(new Symlink("/etc/x") { Target = "y" }, new FileState(PathKind.Symlink) { Target = "y" }, FileState.Missing, _found, new FileState(PathKind.Symlink) { Target = "z" }),
        Of(
            new Package("app") { Version = "2.*" }, new PackageState { Status = "installed", Version = "2.1" },
            new PackageState(), new PackageState { Status = "installed", Version = "1.0", Versions = ["2.1"] }, new PackageState { Status = "half-configured", Version = "2.1", Interrupted = true }),
        Of(new Package("app") { Absent = true }, new PackageState { Status = "config-files" }, new PackageState { Status = "installed", Version = "1" }),
        Of(
            new Service("app") { Running = true, Enabled = true, ReloadOn = [new File("/etc/x")] }, Unit(_running, new FileState(PathKind.File)),
            Unit(_running with { ActiveState = "failed" }, _found), Unit(_running with { UnitFileState = "disabled" }, _found), Unit(_running, _found with { ChangedAt = DateTimeOffset.UnixEpoch.AddDays(2) })),
        Of(new Service("app") { Masked = true }, Unit(new UnitStatus("app.service") { LoadState = "masked", UnitFileState = "masked" }), Unit(_running)),
        Of(
            new SystemdUnit("app.service") { Content = "[Service]\n" }, new SystemdUnitState(_found with { Sha256 = ((Content)"[Service]\n").Sha256(null) }, false),
            new SystemdUnitState(FileState.Missing, false), new SystemdUnitState(_found, true), new SystemdUnitState(_found with { Sha256 = ((Content)"[Service]\n").Sha256(null) }, true)),
        Of(
            new User("app") { Groups = ["adm"], PasswordHash = _secret }, new UserState(true) { Groups = ["adm", "ssl"], PasswordHash = _secret },
            new UserState(false), new UserState(true) { Groups = ["ssl"] }),
        Of(new Group("app") { Gid = 5 }, new GroupState(5), new GroupState(null), new GroupState(6)),
        Of(new Sysctl("vm.x") { Value = "1" }, new SysctlState("1", _found with { Sha256 = ((Content)"vm.x = 1\n").Sha256(null) }), new SysctlState("0", _found), new SysctlState("0", FileState.Missing)),
        Of(new Command("x") { Program = "true", Creates = "/x", Input = _secret }, new CommandState(true), new CommandState(false)),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Examples.Count())];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_primitive_keeps_the_laws(int number) => ResourceLaws.Check(Examples.ElementAt(number));

    [Fact]
    public void No_resource_is_forgotten()
    {
        var tested = Examples.Select(e => e.ResourceType.Name)
            .Concat(typeof(LawsTests).Assembly.GetTypes().Where(t => t.GetMethods().Any(m => m.Name.StartsWith("It_keeps_the_laws", StringComparison.Ordinal))).Select(t => t.Name.Replace("Tests", "", StringComparison.Ordinal)));
        var resources = typeof(File).Assembly.GetTypes().Where(t => typeof(PrimitiveResource).IsAssignableFrom(t) && !t.IsAbstract).Select(t => t.Name);

        Assert.Empty(resources.Except(tested));
    }

    private static LawExample<T> Of<T>(Resource<T> resource, T reached, params IReadOnlyList<T> drifted) => new(resource, reached, drifted) { Secrets = [_secret] };

    private static ServiceState Unit(UnitStatus unit, FileState? input = null) => new(
        unit with { StartedAt = DateTimeOffset.UnixEpoch.AddDays(1), Now = DateTimeOffset.UnixEpoch.AddDays(3) },
        input is null ? new Dictionary<string, InputState>() : new() { ["/etc/x"] = new(input, FileState.Missing) });
}
