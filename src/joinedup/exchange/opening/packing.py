"""Unpacking gzip, zip and spreadsheet files before they are read, refusing those that would swell to harm the machine.

Belongs here: what is packed in what, and the limits. Not here: what the unpacked files mean.

The byte ranges of rows count in the unpacked bytes. A spreadsheet's first sheet becomes CSV in UTF-8, one line for
each row, so that a line number is the number of the row on the sheet; a line break inside a cell becomes a space.
Whoever keeps a packed file for its source records must keep the unpacked bytes beside it.
"""

import contextlib
import dataclasses
import gzip
import pathlib
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from joinedup.exchange.opening import formats, spreadsheets

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_BLOCK_BYTES = 1024 * 1024


class Unsafe(Exception):
    """A packed file was not opened; the reason is in plain words."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a packed file may swell.

    Units: `ratio` is unpacked by packed bytes, asked only of what unpacks to more than `small_bytes`.
    """

    total_bytes: int = 2 * 1024**3
    spreadsheet_bytes: int = 512 * 1024**2
    small_bytes: int = 16 * 1024**2
    ratio: int = 200
    members: int = 1000


LIMITS = Limits()


@contextlib.contextmanager
def unpacked(path: pathlib.Path, *, name: str = "", limits: Limits = LIMITS) -> Iterator[list[formats.Source]]:
    """Offer the files inside a file, for as long as the context is open; a file that is not packed is offered itself.

    Errors: Unsafe when it would swell beyond the limits, is broken, locked, or an old office file.
    """
    name = name or path.name
    with path.open("rb") as file:
        start = file.read(4)
    if not start.startswith((_GZIP, _ZIP, _OLD_OFFICE)):
        yield [formats.Source.of_path(path, name=name)]
        return
    if start.startswith(_OLD_OFFICE):
        raise Unsafe("This is an old or locked office file. Save it as .xlsx or .csv and send it again.")
    with tempfile.TemporaryDirectory(prefix="unpacked-") as folder:
        if start.startswith(_GZIP):
            yield [_gunzipped(path, name, pathlib.Path(folder), limits)]
        else:
            yield _unzipped(path, name, pathlib.Path(folder), limits)


def _gunzipped(path: pathlib.Path, name: str, folder: pathlib.Path, limits: Limits) -> formats.Source:
    inner = name[:-3] if name.lower().endswith(".gz") else name
    target = folder / "content"
    try:
        with gzip.open(path, "rb") as packed:
            _copied(packed, target, packed_bytes=path.stat().st_size, limits=limits)
    except (OSError, EOFError, zlib.error) as error:
        raise Unsafe("The gzip file is broken or was cut short. Send it again.") from error
    return formats.Source.of_path(target, name=inner)


def _unzipped(path: pathlib.Path, name: str, folder: pathlib.Path, limits: Limits) -> list[formats.Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            is_sheet = any(member.filename == "xl/workbook.xml" for member in members)
            _check_directory(members, limits, is_sheet=is_sheet)
            if is_sheet:
                for member in members:
                    _measure(archive, member)
                return [_sheet(path, name, folder)]
            return [_member(archive, member, folder / str(at), limits) for at, member in enumerate(members)]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Unsafe("The zip file is broken or packed in a way we do not open. Send the files themselves.") from error


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits, *, is_sheet: bool) -> None:
    """Judge by the archive's own list, before a byte is unpacked."""
    if len(members) > limits.members:
        raise Unsafe(f"The archive holds {len(members)} files; {limits.members} is the most we open.")
    if any(member.flag_bits & 1 for member in members):
        raise Unsafe("The archive is locked with a password. Send it unlocked over a safe channel.")
    most = limits.spreadsheet_bytes if is_sheet else limits.total_bytes
    _check_size(sum(member.file_size for member in members), most)
    for member in members:
        _check_ratio(member.file_size, member.compress_size, limits)


def _check_size(size_bytes: int, most_bytes: int) -> None:
    if size_bytes > most_bytes:
        raise Unsafe(f"The file would unpack to more than {most_bytes // 1024**2} MiB, so it was not opened.")


def _check_ratio(size_bytes: int, packed_bytes: int, limits: Limits) -> None:
    if size_bytes > limits.small_bytes and size_bytes > limits.ratio * max(packed_bytes, 1):
        raise Unsafe(f"The file would unpack to more than {limits.ratio} times its size, so it was not opened.")


def _measure(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read a member through once: one that is longer than the list says fails its checksum here, not in the reader."""
    with archive.open(member) as packed:
        while packed.read(_BLOCK_BYTES):
            pass


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: pathlib.Path, limits: Limits) -> formats.Source:
    with archive.open(member) as packed:
        _copied(packed, target, packed_bytes=member.compress_size, limits=limits)
    return formats.Source.of_path(target, name=pathlib.PurePosixPath(member.filename).name)


def _copied(packed: IO[bytes] | gzip.GzipFile, target: pathlib.Path, *, packed_bytes: int, limits: Limits) -> None:
    """Unpack in blocks, stopping as soon as a limit is passed: a gzip file does not say its size beforehand."""
    size_bytes = 0
    with target.open("wb") as out:
        while block := packed.read(_BLOCK_BYTES):
            size_bytes += len(block)
            _check_size(size_bytes, limits.total_bytes)
            _check_ratio(size_bytes, packed_bytes, limits)
            out.write(block)


def _sheet(path: pathlib.Path, name: str, folder: pathlib.Path) -> formats.Source:
    target = folder / "content"
    book = folder / "book.xlsx"
    shutil.copyfile(path, book)
    reason = spreadsheets.converted(book, target)
    if reason:
        raise Unsafe(reason)
    source = formats.Source.of_path(target, name=pathlib.PurePath(name).stem + ".csv")
    return dataclasses.replace(source, notes=("The first sheet of a spreadsheet was read.",))
