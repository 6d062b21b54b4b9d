"""What is in the repository concerns every reader: no path of one machine, no host that only some can reach."""

import ipaddress
import re
import urllib.parse

from tests.architecture import tree

TEXT = {
    "",
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".jinja",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".py",
    ".sql",
    ".svg",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}
#: A folder that exists on one kind of machine only; /var, /etc, /usr and /tmp are the same for all.
MACHINE_PATH = re.compile(r"(?<![\w./~:-])/(?:work|workspace|root|home|Users|builds|scratch)/[\w.-]+|\b[A-Z]:\\Users\\")
URL = re.compile(r"https?://[^\s\"'<>)\]`]+")
#: Names that never leave one machine or one example (RFC 2606, RFC 6761), and the XML namespaces that are only names.
NAMED_FOR_EXAMPLES = re.compile(r"(^|\.)(localhost|example|test|invalid|example\.(com|org|net))$|^testserver$")
PRIVATE_ENDINGS = (".corp", ".home", ".internal", ".intranet", ".lan", ".local", ".private")


def machine_paths(text: str) -> list[str]:
    return MACHINE_PATH.findall(text)


def is_private(host: str) -> bool:
    """Say whether a host can be reached from some places only; loopback is everyone's own."""
    if NAMED_FOR_EXAMPLES.search(host):
        return False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(PRIVATE_ENDINGS)
    return address.is_private and not address.is_loopback


def private_hosts(text: str) -> list[str]:
    # A host that a program fills in ("https://{host}/") is not named.
    urls = (url for url in URL.findall(text) if not re.search(r"[{}\\$%]", url.split("/")[2]))
    hosts = (urllib.parse.urlsplit(url).hostname for url in urls)
    return sorted({host for host in hosts if host and is_private(host)})


def texts():
    for path in tree.files():
        if path.suffix in TEXT and path.name != ".venv.lock":
            yield tree.name(path), path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_folder_of_one_machine():
    assert {name: found for name, text in texts() if (found := machine_paths(text))} == {}


def test_no_file_names_a_host_that_others_cannot_reach():
    assert {name: found for name, text in texts() if (found := private_hosts(text))} == {}


def test_a_folder_of_one_machine_would_be_seen():
    home = "/".join(["", "home", "sam", "joinedup"])

    assert machine_paths(f"read {home}/file.csv") == [home.rpartition("/")[0]]
    assert machine_paths("kept in /var/lib/joinedup and /tmp/joinedup, shown at https://example.org/home/page") == []


def test_a_host_that_others_cannot_reach_would_be_seen():
    hosts = ["build-server", "packages.corp", "10.0.0.7"]

    assert private_hosts(" ".join("http" + f"://{host}/simple" for host in hosts)) == sorted(hosts)
    assert (
        private_hosts("http://127.0.0.1:8000 http://localhost:8000 https://pypi.org/simple https://council.example/")
        == []
    )


def test_every_reader_finds_the_rules_of_the_house():
    expected = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "THIRD_PARTY.md"]

    assert [name for name in expected if not (tree.ROOT / name).exists()] == []
    assert (tree.ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
