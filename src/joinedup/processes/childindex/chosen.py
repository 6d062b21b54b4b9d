"""Whose word describes a child, as the database chooses it: the SQL twin of rules.summary_of; a test holds the two together.

Belongs here: the text. Not here: where what was chosen is kept (operations.summaries) or given (guarding_functions).
"""

from joinedup.processes.childindex import rules

_WORDS = (
    ("given_name", "i.given_name"),
    ("middle_names", "i.middle_names"),
    ("family_name", "i.family_name"),
    ("known_as", "i.preferred_name"),
    ("sex", "i.sex"),
    ("nhs_number", "i.nhs_number"),
    ("upn", "i.upn"),
    ("address", "i.address"),
    ("postcode", "i.postcode"),
)
_DATES = (("birth_date", "i.birth_date"), ("death_date", "i.death_date"))
#: What a card says of who a child is, in the order of the columns below.
COLUMNS = tuple(column for column, _ in (*_WORDS, *_DATES))
WORDS = tuple(column for column, _ in _WORDS)
_SAID = ", ".join(f"{source} AS {column}" for column, source in (*_WORDS, *_DATES))
_AUTHORITY = ", ".join(f"'{kind}'" for kind in rules.AUTHORITY)
# The word of the agency with most authority, its newest one.
_ORDER = 'authority, agency_name COLLATE "C", agency_id, received_at DESC, source_record_id DESC'


def said(which: str) -> str:
    """Return a query for what each record that counts says of who a child is: of links for which `which` holds.

    Shapes: a row for each statement, with `is_guarded` where even that its agency knows the child is.
    """
    return f"""
        SELECT l.child_id, l.person_record_id,
               coalesce(array_position(ARRAY[{_AUTHORITY}]::text[], a.kind::text), 99) AS authority,
               a.lowest_tier > 1 AS is_guarded, a.name AS agency_name, a.id AS agency_id,
               b.received_at, i.source_record_id, {_SAID}
        FROM public.childindex_link l
        JOIN public.records_identitystatement i ON i.person_record_id = l.person_record_id AND i.is_current
        JOIN public.records_sourcerecord s ON s.id = i.source_record_id
        JOIN public.records_batch b ON b.id = s.batch_id
        JOIN public.agencies_agency a ON a.id = b.agency_id
        WHERE l.ended_at IS NULL AND {which}
    """  # noqa: S608  (only our own column names are put together)


def columns(heard: str) -> str:
    """Return the columns of a card, chosen from the statements for which `heard` holds; empty where none says it."""
    words = [
        f"coalesce((array_agg({word} ORDER BY {_ORDER}) FILTER (WHERE {word} <> '' AND {heard}))[1], '') AS {word}"
        for word in WORDS
    ]
    days = [
        f"(array_agg({day} ORDER BY {_ORDER}) FILTER (WHERE {day} IS NOT NULL AND {heard}))[1] AS {day}"
        for day, _ in _DATES
    ]
    return ",\n".join([*words, *days])
