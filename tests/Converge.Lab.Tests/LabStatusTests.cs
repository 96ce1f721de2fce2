namespace Converge.Lab.Tests;

public class LabStatusTests
{
    [Fact]
    public void The_status_is_readable_by_programs()
    {
        var status = new LabStatus
        {
            Name = "small",
            Up = true,
            SshConfig = "/run/x/ssh_config",
            Hosts = [new LabHostStatus("a", "10.78.0.2", "sid", LabHostState.Booting)],
        };

        Assert.Equal(
            """
            {
              "name": "small",
              "up": true,
              "sshConfig": "/run/x/ssh_config",
              "hosts": [
                {
                  "name": "a",
                  "address": "10.78.0.2",
                  "suite": "sid",
                  "state": "booting"
                }
              ]
            }
            """,
            status.ToJson());
    }
}
