# What all hosts begin with. Runs as root on the host, in front of the host's own script.
set -eu
export DEBIAN_FRONTEND=noninteractive

install_packages() {
    apt-get -qq update
    apt-get -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 install nftables "$@" >/dev/null
}

# Standard input is what the host opens to others.
firewall() {
    mkdir -p /etc/foobar
    {
        cat <<END
#!/usr/sbin/nft -f
table inet foobar
delete table inet foobar
table inet foobar {
	chain input {
		type filter hook input priority filter; policy drop;
		ip saddr $net.1 tcp dport 22 accept
		iifname "lo" accept
		ct state established,related accept
		ct state invalid drop
		icmp type { echo-request, destination-unreachable, time-exceeded, parameter-problem } accept
		icmpv6 type { echo-request, destination-unreachable, packet-too-big, time-exceeded, parameter-problem, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-query } accept
END
        cat
        printf '\t}\n}\n'
    } >/etc/foobar/firewall.nft
    cat >/etc/systemd/system/foobar-firewall.service <<'END'
[Unit]
Description=Packet filter of www.foobar.com
DefaultDependencies=no
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f /etc/foobar/firewall.nft
ExecReload=/usr/sbin/nft -f /etc/foobar/firewall.nft
ExecStop=/usr/sbin/nft delete table inet foobar

[Install]
WantedBy=sysinit.target
END
    nft -c -f /etc/foobar/firewall.nft
    systemctl daemon-reload
    systemctl enable --quiet --now foobar-firewall
}
