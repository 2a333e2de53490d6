"""The failing replica as a person runs it."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys

from crawl_samples import ROOT

from crawler.sites.profile import load_profile
from demo.faults_traps import traps


def test_person_can_run_it(tmp_path):
    """`python -m demo.faults` serves the faults, and the commands it prints lead to a profile that fits them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "demo.faults", "--port", port]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as served:
        try:
            told = [served.stdout.readline() for _ in range(4)]
            connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
            connection.request("GET", "/list.html")
            links = re.findall(r'href="([^"]+)"', connection.getresponse().read().decode())
            connection.close()
        finally:
            served.terminate()
    assert "/bad/bomb.html" in links
    making = next(line for line in told if "--profile" in line).partition("&&")[2].partition(">")[0].split()
    text = subprocess.run([sys.executable, *making[1:]], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (tmp_path / "site.toml").write_text(text, "utf-8")
    profile = load_profile(str(tmp_path / "site.toml"))
    starts = {url for channel in profile.channel for url in channel.start}
    assert starts == {f"http://127.0.0.1:{port}{path}" for path in ("/list.html", *traps(""))}
