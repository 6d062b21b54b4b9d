"""What a session says to the database when no code of ours stands before it."""

import uuid

import psycopg

SOMEONE, SOMEONE_ELSE = uuid.UUID(int=1), uuid.UUID(int=9)

#: Tables in which no child can be named, and why. Signed by the reviewer of this file: a new line here is a decision.
NAMES_NO_CHILD = {
    "access_policycell": "the permission matrix",
    "access_secret": "the key that signs what a transaction may see; the definer alone reads it",
    "access_apiclient": "other systems that sign in, each with a fingerprint of its secret",
    "access_installation": "one row: what this database is said to hold",
    "access_keptform": "what someone typed when their session was over, sealed with the installation's own key",
    "access_roleheld": "which user holds which role",
    "access_session": "a session holds public numbers of children beside the reason given; it is read before anyone is known",
    "access_setuplink": "fingerprints of links by which staff set their sign-in up",
    "access_user": "people who sign in: staff by name, families by a name that they chose, and never their own",
    "account_emailaddress": "django-allauth's own, never filled",
    "account_emailconfirmation": "django-allauth's own, never filled",
    "agencies_agency": "agencies",
    "agencies_practitioner": "who works for which agency",
    "agencies_team": "schools, surgeries and duty teams",
    "assessment_formversion": "versions of the form of assessments, as they ship",
    "assurance_looktally": "how many looks of a week each role, agency and ethnic group had; counts alone",
    "audit_sealbatch": "how often and how far the audit was sealed",
    "audit_sealnode": "fingerprints of fingerprints",
    "auth_group": "Django's own, never filled",
    "auth_group_permissions": "Django's own, never filled",
    "auth_permission": "Django's own list of what may be done to tables",
    "axes_accessattempt": "wrong passwords of staff: fingerprint of the name, address, browser",
    "axes_accessattemptexpiration": "django-axes' own, never filled",
    "axes_accessfailurelog": "django-axes' own, never filled",
    "axes_accesslog": "django-axes' own, never filled",
    "childindex_linkrun": "counts and quality of a run of linking",
    "childindex_modelversion": "weights of a linkage model; no term of it is a name",
    "framework_aim": "lines of the outcomes framework, which is public",
    "framework_correspondence": "which outcome answers to which",
    "framework_framework": "frameworks of outcomes",
    "framework_outcome": "outcomes wanted for all children",
    "childindex_blindsample": "how many pairs a blind sample has, who drew it, and from how many",
    "childindex_thresholdchange": "from which weight on runs link and ask, who changed it, and why",
    "django_content_type": "Django's own list of tables",
    "django_migrations": "which migrations have run",
    "django_session": "Django's own, never filled: sessions are in access_session",
    "events_event": "kinds of event with identifiers and counts, never words",
    "mfa_authenticator": "second factors of staff, their secrets sealed",
    "procrastinate_events": "when jobs began and ended",
    "procrastinate_jobs": "jobs with identifiers as arguments, never words",
    "procrastinate_periodic_defers": "when jobs fell due",
    "procrastinate_workers": "which workers live",
    "rights_certificate": "certificates of deletion, which name nobody: a fingerprint that needs the installation's key",
    "socialaccount_socialaccount": "which subject of an agency's directory a member of staff is",
    "socialaccount_socialapp": "django-allauth's own, never filled: directories are in settings",
    "tracking_trackingrun": "counts of a search for children who may be lost, and the day it was for",
    "socialaccount_socialtoken": "django-allauth's own, never filled",
}

OPEN = (
    "SELECT audit_write(%(event)s, %(actor)s, 'Tamsin', 'universal', NULL, 'test.looked', 'referral', '', '', NULL, '', "
    "NULL, %(subjects)s::uuid[], true), access_enter(%(event)s)"
)


def open_view(
    session: psycopg.Connection, *, actor: uuid.UUID = SOMEONE, subject: uuid.UUID | None = None
) -> uuid.UUID:
    """Open a view as our code does; return its event."""
    event = uuid.uuid4()
    session.execute(OPEN, {"event": event, "actor": actor, "subjects": [] if subject is None else [subject]})
    return event


def count(session: psycopg.Connection, table: str) -> int:
    return session.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def tables(session: psycopg.Connection) -> dict[str, dict[str, object]]:
    """Return every table, view and partition outside the server's own catalogue, and how it is secured."""
    found = session.execute(
        "SELECT c.relname, c.relkind, c.relrowsecurity AND c.relforcerowsecurity AS forced, "
        "array(SELECT polroles::regrole[]::text[] FROM pg_policy p WHERE p.polrelid = c.oid) <> '{}' AS has_policy "
        "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
    ).fetchall()
    return {name: {"kind": kind, "forced": forced, "has_policy": policy} for name, kind, forced, policy in found}


def secured(session: psycopg.Connection) -> list[str]:
    """Return the tables in which a child can be named."""
    return sorted(tables(session).keys() - NAMES_NO_CHILD.keys())


def may(session: psycopg.Connection, role: str, table: str) -> set[str]:
    """Return what a role may do to a table."""
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    return {
        right
        for right in rights
        if session.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, right]).fetchone()[0]
    }
