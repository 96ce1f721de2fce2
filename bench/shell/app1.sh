install_packages gunicorn python3-flask python3-pymysql
firewall <<END
		ip saddr $net.21 tcp dport 8000 accept
END
useradd --system --home-dir /opt/guestbook --no-create-home --shell /usr/sbin/nologin guestbook
chmod 0700 /etc/guestbook
chmod 0600 /etc/guestbook/database.json
systemctl daemon-reload
systemctl enable --quiet --now guestbook
