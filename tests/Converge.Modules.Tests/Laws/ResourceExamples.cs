using System;
using System.Collections.Generic;
using System.Linq;
using Converge.Testing;

namespace Converge.Modules.Tests.Laws;

/// <summary>Each resource with a state that is reached and states that have drifted.</summary>
internal static class ResourceExamples
{
    private static readonly Secret Password = Secret.FromValue("LAW_PASSWORD", "correct horse battery");

    public static IReadOnlyDictionary<string, LawExample> All { get; } = new LawExample[]
    {
        Packages(),
        Files(),
        Folders(),
        Links(),
        Users(),
        Groups(),
        Parameters(),
        Units(),
        Services(),
        Commands(),
        Tables(),
        Zones(),
        DefaultSites(),
        Databases(),
        Accounts(),
        Schemas(),
    }.ToDictionary(e => e.ResourceType.Name);

    private static LawExample<PackageState> Packages()
    {
        var installed = new PackageState { Status = "installed", Version = "2.6.12-1", Candidate = "2.6.12-1", Versions = ["2.6.12-1"] };
        return new(
            new Package("haproxy") { Version = "2.6.*" },
            installed,
            installed with { Status = "not-installed", Version = null },
            installed with { Version = "2.4.1-1" },
            installed with { Status = "half-configured" },
            installed with { NeedsReinstall = true });
    }

    private static LawExample<FileState> Files()
    {
        var content = Content.Text($"password = {Password}\n");
        var reached = new FileState(PathKind.File) { Sha256 = content.Sha256(null), Owner = "app", Mode = Mode.Octal("0600") };
        var old = reached with { Sha256 = new string('a', 64), Content = "password = other\n"u8.ToArray() };
        return new(new File("/etc/app.conf") { Content = content, Owner = "app", Mode = Mode.Octal("0600") }, reached, FileState.Missing, old, reached with { Owner = "root" }, reached with { Mode = Mode.Octal("0644") })
        {
            Secrets = [Password],
        };
    }

    private static LawExample<FileState> Folders()
    {
        var reached = new FileState(PathKind.Directory) { Owner = "app", Mode = Mode.Octal("0750") };
        return new(new Directory("/srv/app") { Owner = "app", Mode = Mode.Octal("0750") }, reached, FileState.Missing, reached with { Owner = "root" }, reached with { Mode = Mode.Octal("0777") });
    }

    private static LawExample<FileState> Links()
    {
        var reached = new FileState(PathKind.Symlink) { Target = "/srv/app/2" };
        return new(new Symlink("/srv/current") { Target = "/srv/app/2" }, reached, FileState.Missing, reached with { Target = "/srv/app/1" });
    }

    private static LawExample<UserState> Users()
    {
        var reached = new UserState(true) { Uid = 999, Group = "app", Groups = ["adm"], Home = "/srv/app", Shell = "/usr/sbin/nologin", PasswordHash = Password };
        return new(
            new User("app") { System = true, Home = "/srv/app", Groups = ["adm"], PasswordHash = Password },
            reached,
            new UserState(false),
            reached with { Home = "/home/app" },
            reached with { Groups = [] },
            reached with { PasswordHash = Secret.FromValue("LAW_OLD_PASSWORD", "some other hash") })
        {
            Secrets = [Password, Secret.FromValue("LAW_OLD_PASSWORD", "some other hash")],
        };
    }

    private static LawExample<GroupState> Groups() => new(new Group("app") { Gid = 500 }, new GroupState(500), new GroupState(null), new GroupState(499));

    private static LawExample<SysctlState> Parameters()
    {
        var parameter = new Sysctl("net.ipv4.ip_nonlocal_bind") { Value = "1" };
        var file = new FileState(PathKind.File) { Sha256 = parameter.Renders.Single().Content.Sha256(null), Mode = Mode.Octal("0644") };
        return new(parameter, new SysctlState("1", file), new SysctlState("0", file), new SysctlState("1", FileState.Missing), new SysctlState("0", file with { Sha256 = new string('a', 64) }));
    }

    private static LawExample<SystemdUnitState> Units()
    {
        Content text = "[Service]\nExecStart=/bin/true\n";
        var file = new FileState(PathKind.File) { Sha256 = text.Sha256(null), Mode = Mode.Octal("0644") };
        return new(new SystemdUnit("app.service") { Content = text }, new(file, false), new(FileState.Missing, false), new(file, true), new(file with { Sha256 = new string('a', 64) }, false));
    }

    private static LawExample<ServiceState> Services()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var running = new UnitStatus("app.service") { LoadState = "loaded", ActiveState = "active", SubState = "running", UnitFileState = "enabled", CanReload = true, StartedAt = start, Now = start.AddDays(1) };
        var stopped = running with { ActiveState = "inactive", SubState = "dead", StartedAt = null };
        return new(
            new Service("app") { Running = true, Enabled = true, ReloadOn = [new File("/etc/app.conf") { Content = "x" }] },
            State(running, start.AddHours(-1)),
            State(stopped, start.AddHours(-1)),
            State(running with { ActiveState = "failed" }, start.AddHours(-1)),
            State(running with { UnitFileState = "disabled" }, start.AddHours(-1)),
            State(running, start.AddHours(1)));

        static ServiceState State(UnitStatus unit, DateTimeOffset changed) => new(unit, new Dictionary<string, InputState>
        {
            ["/etc/app.conf"] = new(new FileState(PathKind.File) { Sha256 = "aa", ChangedAt = changed, Mode = Mode.Octal("0644") }, new FileState(PathKind.Directory) { ChangedAt = changed }),
        });
    }

    private static LawExample<CommandState> Commands() => new(
        new Command("make keys") { Program = "openssl", Arguments = ["genrsa", "-out", "/etc/key"], Creates = "/etc/key", Input = Content.FromSecret(Password) },
        new CommandState(true),
        new CommandState(false))
    {
        Secrets = [Password],
    };

    private static LawExample<NftTableState> Tables()
    {
        var loaded = new NftTableState("table inet converge {\n}", "table inet converge {\n}");
        return new(new NftTable("inet", "converge", "/etc/converge/firewall.nft"), loaded, loaded with { Live = null }, loaded with { Live = "table inet converge {\n\tchain input {\n\t}\n}" }, NftTableState.Missing);
    }

    private static LawExample<ZoneFileState> Zones()
    {
        var text = ZoneText.Render("foobar.com", "dns1", new DnsSoa(), TimeSpan.FromHours(1), [DnsRecord.Ns("@", "dns1"), DnsRecord.A("dns1", "10.77.0.5")]);
        Content whole = text.WithoutSerial;
        var reached = new ZoneFileState(new FileState(PathKind.File) { Mode = Mode.Octal("0644") }) { Serial = 7, Sha256WithoutSerial = whole.Sha256(null) };
        return new(new ZoneFile("foobar.com", "/etc/bind/zones/foobar.com.zone", text), reached, new ZoneFileState(FileState.Missing), reached with { Sha256WithoutSerial = new string('a', 64) });
    }

    private static LawExample<NginxDefaultSiteState> DefaultSites() => new(
        new NginxDefaultSite(),
        new NginxDefaultSiteState(FileState.Missing, Installed: true),
        new NginxDefaultSiteState(new FileState(PathKind.Symlink) { Target = "/etc/nginx/sites-available/default" }, Installed: true));

    private static LawExample<MySqlDatabaseState> Databases()
    {
        var server = new MySqlServerState(MySqlReach.Up) { Client = "mysql", Version = "9.7.4-2" };
        return new(
            new MySqlDatabase("foobar") { Charset = "utf8mb4" },
            new MySqlDatabaseState(server, new MySqlCharset("utf8mb4", "utf8mb4_0900_ai_ci")),
            new MySqlDatabaseState(server, null),
            new MySqlDatabaseState(server, new MySqlCharset("latin1", "latin1_swedish_ci")));
    }

    private static LawExample<MySqlUserState> Accounts()
    {
        // The recorded server has this account, with this password and these grants.
        var password = Secret.FromValue("APP_PASSWORD", "horse battery staple");
        var server = RecordedServer.Read(RecordedServer.MySql);
        return new(
            new MySqlUser("app", "10.77.0.31") { Password = password, Grants = { new MySqlDatabase("foobar").Allow("SELECT", "INSERT", "UPDATE") } },
            server.User("app", "10.77.0.31"),
            server.User("missing", "%"),
            server.User("sock", "localhost"))
        {
            Secrets = [password],
        };
    }

    private static LawExample<MySqlSchemaState> Schemas()
    {
        Content sql = "CREATE TABLE IF NOT EXISTS entries (id INT);\n";
        var server = new MySqlServerState(MySqlReach.Up) { Client = "mysql", Version = "9.7.4-2" };
        return new(new MySqlSchema("guestbook", new MySqlDatabase("foobar")) { Sql = sql }, new(server, [sql.Sha256(null)]), new(server, []), new(server, [new string('a', 64)]));
    }
}
