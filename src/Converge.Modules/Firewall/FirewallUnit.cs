namespace Converge.Modules;

/// <summary>The unit that loads the rules at boot, before any network is up. Same ordering as nftables.service of Debian.</summary>
internal static class FirewallUnit
{
    // nftables.service flushes every table when it starts, reloads or stops: whatever happens to it happens to us right after.
    public const string Text = $"""
        # Managed by Converge.
        [Unit]
        Description=Packet filter of Converge
        Documentation=man:nft(8)
        DefaultDependencies=no
        Wants=network-pre.target
        Before=network-pre.target shutdown.target
        Conflicts=shutdown.target
        After=nftables.service
        PartOf=nftables.service
        ReloadPropagatedFrom=nftables.service

        [Service]
        Type=oneshot
        RemainAfterExit=yes
        StandardInput=null
        ProtectSystem=full
        ProtectHome=true
        ExecStart=/usr/sbin/nft -f {Firewall.RulesPath}
        ExecReload=/usr/sbin/nft -f {Firewall.RulesPath}
        ExecStop=/usr/sbin/nft delete table inet converge

        [Install]
        WantedBy=sysinit.target

        """;
}
