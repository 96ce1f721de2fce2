"""A release that starts and then fails each request."""


def application(environ, start_response):
    raise RuntimeError("this release is broken")
