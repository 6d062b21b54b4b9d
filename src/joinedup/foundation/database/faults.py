"""What can be wrong with the database, said so that the reader knows what to do next.

Belongs here: the errors of the launcher, the roles and the backups, and the words for those of queries (which Django
raises). Not here: what a page says of them (web).
"""

import psycopg
from psycopg import errors


class DatabaseFault(Exception):
    """The database cannot be used as asked; the message says why and what to do."""


class ProgramsMissing(DatabaseFault):
    """No PostgreSQL programs were found on this machine."""


class WrongVersion(DatabaseFault):
    """The programs, the server or a backup are of a version we cannot use here."""


class FolderUnusable(DatabaseFault):
    """The data folder belongs to someone else, is broken, or cannot be written."""


class DiskFull(DatabaseFault):
    """There is no room left where the data live."""


class StartFailed(DatabaseFault):
    """The server did not come up in time, or ended at once."""


class StopFailed(DatabaseFault):
    """The server did not end in time, or is not ours to end."""


class CredentialsUnusable(DatabaseFault):
    """The file of passwords is missing, broken, or readable by others."""


class AddressIncomplete(DatabaseFault):
    """The addresses given do not cover what was asked; the message names the missing one."""


class NotPrepared(AddressIncomplete):
    """The database or its roles have not been made yet, and were not to be made now."""


class ServerUnreachable(DatabaseFault):
    """The server at the address given did not answer, or refused us."""


class RolesUnusable(DatabaseFault):
    """The roles or the database could not be made as they must be."""


class BackupFailed(DatabaseFault):
    """A backup could not be made, or does not hold what its manifest says."""


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether a statement or a connection failed because there is no room left where the data live."""
    said = error.__cause__ or error if error is not None else None
    # A server without any room lets nobody in, and gives that a class of its own.
    return isinstance(said, errors.DiskFull) or "No space left on device" in str(said)


def words_for(error: BaseException) -> str:
    """Return what a person at the command line is told of a statement that failed; empty where it is not for words.

    Shapes: the server's first line at most, which holds no values.
    """
    said = error if isinstance(error, psycopg.OperationalError) else error.__cause__
    if is_disk_full(said):
        return (
            "There is no room left on the disk that holds the database. Nothing saved was lost, and what was being done "
            "was taken back. Make room and try again; a load that was cut off goes on with: joinedup import --resume"
        )
    if isinstance(said, psycopg.OperationalError):
        first = (str(said).strip().splitlines() or ["it said nothing"])[0]
        return (
            f"The database went away or refused: {first}. Nothing saved was lost, and what was being done was taken back. "
            "Look at it with: joinedup db status"
        )
    return ""
