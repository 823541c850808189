import socket

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_is_taken_is_said_so_before_anything_is_done(settings, host):
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        settings.HOST, settings.PORT = host, taken.getsockname()[1]
        with pytest.raises(
            CommandError, match=f"Cannot listen on {host}, port {settings.PORT}: Address already in use"
        ):
            call_command("serve")


def test_a_host_that_is_not_this_machines_is_said_so(settings):
    settings.HOST, settings.PORT = "192.0.2.1", 8000
    with pytest.raises(CommandError, match=r"Cannot listen on 192\.0\.2\.1, port 8000"):
        call_command("serve")
