"""The guestbook of www.foobar.com: reads from and writes to the database."""
import json
import os

import pymysql
from flask import Flask, jsonify, redirect, render_template_string, request

with open(os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "database.json"), encoding="utf-8") as file:
    CONFIG = json.load(file)

PAGE = """<!doctype html>
<title>Guestbook of www.foobar.com</title>
<h1>Guestbook</h1>
<form method="post" action="/guestbook">
  <input name="message" maxlength="500" required> <button>Sign</button>
</form>
<ul>{% for entry in entries %}<li>{{ entry }}</li>{% endfor %}</ul>
"""

app = Flask(__name__)


def connect():
    # Certificates that the server made itself: encrypted, and the firewall says who can answer.
    tls = {"ssl": {"check_hostname": False}} if CONFIG["tls"] else {}
    # As bytes, for PyMySQL takes text as Latin-1, in which not every password can be written.
    password = CONFIG["password"].encode()
    return pymysql.connect(
        host=CONFIG["host"], user=CONFIG["user"], password=password, database=CONFIG["database"],
        charset="utf8mb4", connect_timeout=3, read_timeout=5, write_timeout=5, **tls)


def latest():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT message FROM entries ORDER BY id DESC LIMIT 50")
        return [row[0] for row in cursor.fetchall()]


@app.get("/guestbook")
def show():
    return render_template_string(PAGE, entries=latest())


@app.post("/guestbook")
def sign():
    message = request.form.get("message", "").strip()[:500]
    if not message:
        return "a message is missing", 400
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO entries (message) VALUES (%s)", (message,))
        connection.commit()
    return redirect("/guestbook", code=303)


@app.get("/api/entries")
def entries():
    return jsonify(latest())
