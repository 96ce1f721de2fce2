"""A good release."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Length", "5")])
    return [b"good\n"]
