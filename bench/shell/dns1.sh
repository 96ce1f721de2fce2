install_packages bind9 bind9-utils
firewall <<END
		tcp dport 53 accept
		udp dport 53 accept
END
mkdir -p /etc/bind/zones
cat >/etc/bind/named.conf.options <<'END'
options {
	directory "/var/cache/bind";
	listen-on { any; };
	listen-on-v6 { any; };
	recursion no;
	allow-transfer { none; };
	dnssec-validation no;
	version none;
};
END
cat >/etc/bind/zones/foobar.com.zone <<END
\$ORIGIN foobar.com.
\$TTL 3600
@	IN	SOA	dns1.foobar.com. hostmaster.foobar.com. ( 1 86400 7200 3600000 3600 )
@	IN	NS	dns1.foobar.com.
@	IN	A	$net.100
dns1	IN	A	$net.53
www	IN	A	$net.100
END
cat >/etc/bind/zones/foobar.com.conf <<'END'
zone "foobar.com" {
	type primary;
	file "/etc/bind/zones/foobar.com.zone";
};
END
echo 'include "/etc/bind/zones/*.conf";' >/etc/bind/named.conf.local
named-checkconf -z >/dev/null
systemctl enable --quiet named
systemctl restart named
