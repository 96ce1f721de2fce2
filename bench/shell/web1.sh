install_packages nginx
firewall <<END
		ip saddr { $net.11, $net.12 } tcp dport 80 accept
END
rm -f /etc/nginx/sites-enabled/default
proxy='proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;'
cat >/etc/nginx/conf.d/foobar.conf <<END
server {
    listen 80;
    server_name www.foobar.com;
    root /srv/foobar;

    location /api/ {
        proxy_pass http://$net.31:8000;
        $proxy
    }

    location /guestbook {
        proxy_pass http://$net.31:8000;
        $proxy
    }
}
END
nginx -t -q
systemctl enable --quiet nginx
systemctl restart nginx
