"""The data folder: where the local server, its passwords and its log live, and as which account the server runs.

Belongs here: paths, ownership, permissions. Not here: starting anything (cluster).

    <folder>/cluster/           the server's own data directory, owned by the account the server runs as
    <folder>/socket/            its Unix socket
    <folder>/credentials.json   passwords, readable by the installing account alone
    <folder>/port               the port it last listened on
    <folder>/postgres.log       what the server said
"""

import dataclasses
import hashlib
import os
import pwd
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from joinedup.foundation.database import faults

#: Called with one plain sentence when something happens that a person should hear of.
Say = Callable[[str], None]

#: Where data go when root's chosen folder cannot be reached by the account that runs the server.
FALLBACK_PARENT = Path("/var/lib")

#: Longest Unix socket path every system takes (macOS: 104 with the closing zero).
_LONGEST_SOCKET_PATH_BYTES = 103


def quiet(_: str) -> None:
    """Say nothing."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of the operating system that the server runs as."""

    uid: int
    gid: int
    name: str

    @property
    def is_us(self) -> bool:
        """Whether this process runs as that account already."""
        return self.uid == os.geteuid()


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Where things are inside one data folder."""

    root: Path

    @property
    def cluster(self) -> Path:
        """The server's data directory."""
        return self.root / "cluster"

    @property
    def cluster_in_making(self) -> Path:
        """A data directory that is not finished; renamed to `cluster` when it is."""
        return self.root / "cluster.new"

    @property
    def socket(self) -> Path | None:
        """The folder of the Unix socket, or nothing where its path would be too long."""
        folder = self.root / "socket"
        longest = len(os.fsencode(folder / ".s.PGSQL.65535.lock"))
        return folder if longest <= _LONGEST_SOCKET_PATH_BYTES else None

    @property
    def credentials(self) -> Path:
        """The file of passwords."""
        return self.root / "credentials.json"

    @property
    def port(self) -> Path:
        """The file that remembers the port."""
        return self.root / "port"

    @property
    def log(self) -> Path:
        """What the server said."""
        return self.root / "postgres.log"

    @property
    def start_lock(self) -> Path:
        """Held while someone starts, stops or restores."""
        return self.root / "starting.lock"

    @property
    def life_lock(self) -> Path:
        """Held by the server's processes for as long as any of them lives."""
        return self.root / "server.lock"


def named(environ: Mapping[str, str]) -> Path:
    """Return the folder asked for: `JOINEDUP_DATA`, else `.data` in the checkout, else `.data` here."""
    wish = environ.get("JOINEDUP_DATA", "").strip()
    if wish:
        return Path(wish).expanduser().absolute()
    checkout = Path(__file__).resolve().parents[4]
    if (checkout / "pyproject.toml").is_file() and (checkout / "src" / "joinedup").is_dir():
        return checkout / ".data"
    return Path.cwd() / ".data"


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder in which this installation keeps what is its own; it may not exist yet."""
    return settle(named(environ)).root


def settle(wish: Path, *, say: Say = quiet) -> Layout:
    """Return the folder that will be used: the wish, or a reachable one where the server's account cannot go there.

    PostgreSQL refuses to run as root, so for root the server runs as another account, which must be able to reach
    its files. We never widen the permissions of someone's folders to make that so.
    """
    layout = Layout(wish.absolute())
    if os.geteuid() != 0:
        return layout
    other = Layout(FALLBACK_PARENT / f"joinedup-{hashlib.sha256(os.fsencode(layout.root)).hexdigest()[:12]}")
    moved_there_before = other.cluster.is_dir() and not layout.cluster.is_dir()
    if can_reach(layout.root, account_for(layout)) and not moved_there_before:
        return layout
    say(
        f"The account that runs the database cannot reach {layout.root}, or could not when it was made: a folder "
        f"above it is private. The data are kept in {other.root} instead. Set JOINEDUP_DATA to choose another place."
    )
    return other


def account_for(layout: Layout) -> Account:
    """Return the account that runs the server: ourselves, or for root the owner of the data, at first `nobody`.

    Errors: FolderUnusable when the machine has no account to run it as.
    """
    uid = os.geteuid()
    if uid == 0:
        owner = layout.cluster.stat().st_uid if layout.cluster.is_dir() else 0
        return _account(owner) if owner else _nobody()
    return _account(uid)


def can_reach(path: Path, account: Account) -> bool:
    """Whether `account` may walk to `path`; folders that do not exist yet are made by us and reachable."""
    for folder in [path, *path.parents]:
        if not folder.exists():
            continue
        seen = folder.stat()
        needed = stat.S_IXOTH
        if seen.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif seen.st_gid == account.gid:
            needed = stat.S_IXGRP
        if not seen.st_mode & needed:
            return False
    return True


def make(layout: Layout, account: Account) -> None:
    """Make the folder and the socket's folder, each owned by whom it must be.

    Errors: FolderUnusable when that is refused; DiskFull.
    """
    with Translated(layout.root):
        if not layout.root.exists():
            layout.root.mkdir(parents=True, mode=0o755, exist_ok=True)  # another start may make it at this moment
            layout.root.chmod(0o755 if os.geteuid() == 0 else 0o700)
        ignore = layout.root / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")  # passwords and people's data are never committed
        if layout.socket:
            layout.socket.mkdir(mode=0o700, exist_ok=True)
            hand_over(layout.socket, account)


def hand_over(path: Path, account: Account) -> None:
    """Give a file or folder to the account that runs the server."""
    if not account.is_us:
        os.chown(path, account.uid, account.gid)


class Translated:
    """Turn the operating system's refusals below a folder into plain words."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, PermissionError):
            message = f"{self._root} belongs to another account. Run as that account, or set JOINEDUP_DATA to your own."
            raise faults.FolderUnusable(message) from error
        if isinstance(error, OSError):
            raise from_os_error(error, self._root) from error


def from_os_error(error: OSError, root: Path) -> faults.DatabaseFault:
    """Return the fault that an error of the operating system amounts to."""
    if error.errno == 28:  # ENOSPC
        return disk_full(root)
    return faults.FolderUnusable(f"{root} cannot be used: {error.strerror or error}.")


def disk_full(root: Path) -> faults.DiskFull:
    """Return the fault for a full disk."""
    message = f"There is no room left on the disk that holds {root}. Nothing saved was lost. Make room and start again."
    return faults.DiskFull(message)


def _nobody() -> Account:
    try:
        return _entry(pwd.getpwnam("nobody"))
    except KeyError:
        message = "PostgreSQL will not run as root and this machine has no account 'nobody'. Run as an ordinary user."
        raise faults.FolderUnusable(message) from None


def _account(uid: int) -> Account:
    try:
        return _entry(pwd.getpwuid(uid))
    except KeyError:
        message = (
            f"The account with number {uid} has no name on this machine, and PostgreSQL needs one. "
            "Add it to /etc/passwd, or give DATABASE_URL."
        )
        raise faults.FolderUnusable(message) from None


def _entry(entry: pwd.struct_passwd) -> Account:
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=entry.pw_name)
