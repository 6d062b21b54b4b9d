"""What can be wrong with the database, said so that the reader knows what to do next.

Belongs here: the errors of the launcher, the roles and the backups. Not here: errors of queries (Django raises those).
"""


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
