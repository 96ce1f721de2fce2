using System.Linq;
using System.Threading.Tasks;
using Converge.Graph;
using Converge.Testing;

namespace Converge.Modules.Tests;

public sealed class MySqlServerTests
{
    private readonly Fleet _fleet = new();
    private readonly Host _db;
    private readonly Host _app;

    public MySqlServerTests() => (_db, _app) = (_fleet.Host("db1", "10.77.0.41"), _fleet.Host("app1", "10.77.0.31"));

    [Fact]
    public async Task Settings_are_rendered_in_one_canonical_form()
    {
        _db.Add(new MySqlServer
        {
            BindAddress = _db.Address,
            Settings =
            {
                ["Max-Connections"] = 200,
                ["max_allowed_packet"] = "64M",
                ["innodb_buffer_pool_size"] = MySqlSetting.OfMemory(0.5),
                ["slow_query_log"] = true,
                ["skip-name-resolve"] = false,
                ["long_query_time"] = 0.5,
                ["init_connect"] = "SET NAMES utf8mb4 # all",
                ["innodb_data_file_path"] = "ibdata1:12M:autoextend",
                ["tmp_table_size"] = 4L << 30,
            },
        });

        await Verifier.Verify(RenderedFleet.FromFleet(_fleet).Texts());
    }

    [Fact]
    public void A_part_of_the_memory_is_known_with_the_hosts_facts()
    {
        _db.Add(new MySqlServer { Settings = { ["innodb_buffer_pool_size"] = MySqlSetting.OfMemory(0.25) } });

        var file = RenderedFleet.FromFleet(_fleet, new System.Collections.Generic.Dictionary<string, HostFacts> { ["db1"] = new() { MemoryBytes = 4L << 30 } });

        Assert.Contains("innodb_buffer_pool_size = 1073741824\n", file["db1", "/etc/mysql/mysql.conf.d/zz-converge.cnf"]);
    }

    [Theory]
    [InlineData(MySqlFlavor.MySql, "package mysql-server, file /etc/mysql/mysql.conf.d/zz-converge.cnf, service mysql.service")]
    [InlineData(MySqlFlavor.MariaDb, "package mariadb-server, file /etc/mysql/mariadb.conf.d/zz-converge.cnf, service mariadb.service")]
    public void It_is_a_package_a_checked_file_and_a_service_that_restarts_on_it(MySqlFlavor flavor, string children)
    {
        _db.Add(new MySqlServer { Flavor = flavor });

        var resources = FleetGraph.Build(_fleet).Nodes.Select(n => n.Resource).ToList();

        Assert.Equal(children, string.Join(", ", resources));
        Assert.NotNull(((File)resources[1]).Validation);
        Assert.Same(resources[1], Assert.Single(((Service)resources[2]).RestartOn));
    }

    [Fact]
    public void All_that_lives_in_it_comes_after_it_in_whatever_order_it_is_declared()
    {
        var data = new MySqlDatabase("foobar");
        _db.Add(new MySqlUser("app", from: _app) { Password = Secret.FromValue("PW", "horse battery"), Grants = { data.Table("entries").Allow("SELECT") } });
        _db.Add(new MySqlSchema("guestbook", data) { Sql = "SELECT 1" });
        _db.Add(data);
        var server = _db.Add(new MySqlServer { BindAddress = "10.77.0.41" });

        var graph = FleetGraph.Build(_fleet);

        Assert.Equal(
            ["package mysql-server", $"file {server.ConfigPath}", "service mysql.service", "mysql-database foobar", "mysql-schema foobar.guestbook", "mysql-user app@10.77.0.31"],
            graph.Nodes.Select(n => n.Resource.ToString()));
        Assert.Equal([new Connection(_app, server.EndpointOn(_db))], graph.Connections);
    }

    [Fact]
    public async Task What_cannot_work_is_refused_before_any_host_is_touched()
    {
        _db.Add(new MySqlServer { Port = 3307 });
        _db.Add(new MySqlServer
        {
            Flavor = MySqlFlavor.MariaDb,
            Port = 70000,
            BindAddress = "db1.example.net",
            Settings = { ["bind-address"] = "*", ["port"] = 1, ["max-connections"] = 1, ["max_connections"] = 2, ["innodb-page-size"] = "32K", ["a=b"] = 1, ["init_file"] = "/x\n[client]" },
        });
        _db.Add(new MySqlUser("app", from: _app) { Password = Secret.FromValue("PW", "horse battery") });

        var failure = Assert.Throws<ScriptException>(() => FleetGraph.Build(_fleet));

        await Verifier.Verify(string.Join('\n', failure.Mistakes.Select(m => m.Message)));
    }
}
