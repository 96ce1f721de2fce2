using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Converge.Modules;

/// <summary>A MySQL or MariaDB server: its package, its settings, and the service that runs with them.</summary>
/// <remarks>
/// The settings go into a file of their own, which the server reads after the distribution's, and which the server itself has checked before
/// it replaces the old one. A change of it restarts the server.
/// </remarks>
/// <example>
/// <code>
/// db.Add(new MySqlServer
/// {
///     BindAddress = db.Address,
///     Settings =
///     {
///         ["max_connections"] = 200,
///         ["innodb_buffer_pool_size"] = MySqlSetting.OfMemory(0.5),
///         ["max_allowed_packet"] = "64M",
///         ["slow_query_log"] = true,
///     },
/// });
/// </code>
/// </example>
public sealed record MySqlServer : Composite
{
    // Read only while the data directory is made, which Debian's packages do when they are installed. A server with data refuses to start.
    private static readonly string[] _fixedAtBirth = ["datadir", "innodb_page_size"];

    /// <summary>Default: MySQL.</summary>
    public MySqlFlavor Flavor { get; init; }

    /// <summary>Version of the package; see <see cref="Package.Version"/>. Null: any.</summary>
    public string? Version { get; init; }

    /// <summary>The address to listen on; several are separated by commas. Null: what the distribution sets, which is 127.0.0.1 on Debian.</summary>
    public string? BindAddress { get; init; }

    /// <summary>1 to 65535. Default: 3306.</summary>
    public int Port { get; init; } = 3306;

    /// <summary>Other settings of the server, group <c>[mysqld]</c>.</summary>
    public MySqlSettings Settings { get; init; } = [];

    /// <inheritdoc/>
    public override string Kind => "mysql-server";

    /// <summary>The name of its service: <c>mysql</c> or <c>mariadb</c>.</summary>
    public override string Name => Flavor == MySqlFlavor.MySql ? "mysql" : "mariadb";

    /// <summary>The file that holds the settings. Its name sorts behind those of the distribution, and the last setting read counts.</summary>
    public string ConfigPath => $"/etc/mysql/{Name}.conf.d/zz-converge.cnf";

    /// <summary>Where clients of a host that has it connect to.</summary>
    public Endpoint EndpointOn(Host host) => host.Port(Port);

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes()
    {
        if (Port is < 1 or > 65535)
        {
            yield return $"port {Port} is not between 1 and 65535";
        }

        foreach (var address in (BindAddress ?? "*").Split(',').Where(a => a != "*" && !IPAddress.TryParse(a, out _)))
        {
            yield return $"bind address \"{address}\" is no IP address";
        }

        if (Settings.Contains("port"))
        {
            yield return $"setting port has a property of its own: use {nameof(Port)}";
        }

        if (Settings.Contains("bind_address"))
        {
            yield return $"setting bind_address has a property of its own: use {nameof(BindAddress)}";
        }

        foreach (var name in _fixedAtBirth.Concat(Flavor == MySqlFlavor.MySql ? ["lower_case_table_names"] : []).Where(Settings.Contains))
        {
            yield return $"setting {name} counts only while the data directory is made, which installing the package does: with it, the server would not start";
        }

        foreach (var mistake in Settings.Mistakes())
        {
            yield return mistake;
        }
    }

    /// <inheritdoc/>
    public override void Expand(Expansion expansion)
    {
        Check(expansion);
        expansion.Add(new Package($"{Name}-server") { Version = Version, Brings = [new BroughtUnit($"{Name}.service") { CanReload = false }, new BroughtAccount(Provision.User("mysql")), new BroughtAccount(Provision.Group("mysql"))] });
        var config = expansion.Add(new File(ConfigPath)
        {
            Content = MySqlConfig.Render(this),
            Owner = "root",
            Group = "root",
            Mode = Mode.Octal("0644"),
            Validation = MySqlConfig.CheckOf(Flavor),
        });
        foreach (var host in expansion.Hosts)
        {
            expansion.Add(host, new Service(Name) { Running = true, Enabled = true, RestartOn = [config], Listens = [EndpointOn(host)] });
        }
    }

    private void Check(Expansion expansion)
    {
        foreach (var (_, other) in expansion.Others<MySqlServer>().Where(o => o.Declaration.Hosts.Intersect(expansion.Hosts).Any()))
        {
            expansion.Report($"{this}: the host has another MySqlServer, and both want the same data", other.At);
        }

        foreach (var (user, declaration) in expansion.Others<MySqlUser>().Where(u => u.Declaration.Hosts.Intersect(expansion.Hosts).Any() && !u.Resource.Absent))
        {
            CheckUser(expansion, user, declaration);
        }
    }

    private void CheckUser(Expansion expansion, MySqlUser user, Declaration declaration)
    {
        if (user.From is not { } from || declaration.Hosts.Contains(from))
        {
            return;
        }

        if (user.Port != Port)
        {
            expansion.Report($"{user} connects to port {user.Port}, but {this} listens on port {Port}", declaration.At);
        }

        if ((BindAddress ?? "127.0.0.1").Split(',').All(a => IPAddress.TryParse(a, out var ip) && IPAddress.IsLoopback(ip)))
        {
            expansion.Report($"{user} connects from {from.Name}, but {this} listens on {BindAddress ?? "127.0.0.1, the distribution's choice"} only: set BindAddress", declaration.At);
        }
    }
}
