# lb1 and lb2; $priority and $peer differ.
install_packages keepalived haproxy
firewall <<END
		tcp dport 80 accept
		ip saddr $peer meta l4proto 112 accept
END
echo 'net.ipv4.ip_nonlocal_bind = 1' >/etc/sysctl.d/99-foobar.conf
sysctl -q -p /etc/sysctl.d/99-foobar.conf
cat >/etc/haproxy/haproxy.cfg <<END
global
    log /dev/log local0
    log /dev/log local1 notice
    chroot /var/lib/haproxy
    stats socket /run/haproxy/admin.sock mode 660 level admin
    stats timeout 30s
    user haproxy
    group haproxy
    daemon
    ca-base /etc/ssl/certs
    crt-base /etc/ssl/private
    ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets

defaults
    log global
    mode http
    option httplog
    option dontlognull
    timeout connect 5s
    timeout client 50s
    timeout server 50s
    timeout http-request 10s

frontend www
    bind $net.100:80
    default_backend pages

backend pages
    option httpchk
    http-check send meth GET uri / ver HTTP/1.1 hdr Host www.foobar.com
    http-check expect status 200
    server web1 $net.21:80 check
END
haproxy -c -q -f /etc/haproxy/haproxy.cfg
cat >/etc/keepalived/keepalived.conf <<END
global_defs {
    router_id $(hostname)
    script_user root
    enable_script_security
}

vrrp_script haproxy {
    script "/usr/bin/env pidof haproxy"
    interval 1
    timeout 1
    rise 2
    fall 2
}

vrrp_instance www {
    state BACKUP
    interface $(ip -o -4 addr show | awk -v address="$address/24" '$4 == address { print $2 }')
    virtual_router_id 171
    priority $priority
    version 3
    advert_int 0.2
    check_unicast_src
    unicast_src_ip $address
    unicast_peer {
        $peer
    }
    virtual_ipaddress {
        $net.100/24
    }
    track_script {
        haproxy
    }
}
END
keepalived -t
systemctl enable --quiet haproxy keepalived
systemctl restart haproxy keepalived
