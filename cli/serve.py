"""`xha serve`: the archive as web pages, to read."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated

import typer

from cli.given import configuration, opened
from cli.screen import say

HOST, PORT = "127.0.0.1", 8764
MOST_PROCESSES = 64


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Address to listen at.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at; 0: any that is free.")] = PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Name of a host under which it is reached; several: give it again."),
    ] = None,
    processes: Annotated[
        int, typer.Option(min=1, max=MOST_PROCESSES, help="Processes that answer; for many readers as many as cores.")
    ] = 1,
) -> None:
    """Serve the archive as web pages, JSON API and feeds.

    Nothing can be changed there. Only this machine is answered unless --host names another address. There is no
    sign-in: whoever reaches that address reads the whole archive. Put a proxy with TLS in front of it before you let
    others in. It answers to localhost and to its address; any other name, that of a proxy too, must be given with
    --name, so that no page of another site can read here in a visitor's browser. Ctrl-C ends it.

    \b
    Examples:
      xha serve
      xha serve --port 8080
      xha serve --host 0.0.0.0 --name archive.example     every address of this machine
      xha serve --processes 4                             for many readers at once
    """
    from demo.place import with_own_profile
    from storage.errors import ConfigError
    from web.hosts import is_name
    from web.server import run

    names = name or []
    if wrong := next((one for one in names if not is_name(one)), None):
        raise ConfigError(f"--name {wrong!r} is not the name of a host; write it as archive.example, without a port")
    config = with_own_profile(configuration(ctx))
    with opened(config):
        pass  # what is wrong with the database is said before anything listens
    try:
        listener = listening(host, port)
    except OSError as error:
        raise ConfigError(
            f"cannot listen at {host} port {port} ({error.strerror}); choose another --host or --port"
        ) from error
    with listener:
        at = listener.getsockname()
        say(f"Serving {config.database_file or 'the archive'} at http://{_shown(at[0])}:{at[1]}/ – Ctrl-C ends it.")
        if not ipaddress.ip_address(at[0]).is_loopback:
            say("Whoever reaches this address can read the whole archive.")
        run(config, names, listener, processes)


def listening(host: str, port: int) -> socket.socket:
    """A socket that waits for connections, each of which sends at once.

    Without that an answer's head waits 40 ms for a delayed ACK before its body is sent: asyncio sees to it only on
    sockets that were made with the number of their protocol.

    Raises:
        OSError: the address is not this machine's, or the port is taken.
    """
    listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _shown(address: str) -> str:
    return f"[{address}]" if ":" in address else address
