install_packages mysql-server
firewall <<END
		ip saddr $net.31 tcp dport 3306 accept
END
printf '[mysqld]\nbind_address = %s\nport = 3306\n' "$net.41" >/etc/mysql/mysql.conf.d/zz-foobar.cnf
mysqld --defaults-file=/etc/mysql/mysql.conf.d/zz-foobar.cnf --validate-config
systemctl enable --quiet mysql
systemctl restart mysql
mysql <<END
CREATE DATABASE foobar CHARACTER SET utf8mb4;
CREATE USER 'app'@'$net.31' IDENTIFIED BY '$password';
GRANT SELECT, INSERT ON foobar.* TO 'app'@'$net.31';
END
mysql foobar </etc/mysql/foobar.sql
