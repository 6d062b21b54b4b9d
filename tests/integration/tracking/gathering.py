"""What agencies say of each child of the borough, gathered row by row, as the rules take it.

Belongs here: reading rows and putting them together in Python. Not here: the product's own SQL.
"""

import datetime
from collections import defaultdict

from joinedup.processes.tracking import rules
from tests.integration.looking import asking

_PEOPLE = "SELECT child_id, birth_date, death_date FROM people_childsummary"
_SAID = """
SELECT l.child_id, p.agency_id, i.kind, coalesce(i.team_id::text, i.service), i.service, i.started_date, i.ended_date,
       i.practitioner, i.tier, b.received_at::date, i.id
FROM childindex_link l JOIN records_personrecord p ON p.id = l.person_record_id
JOIN agencies_agency a ON a.id = p.agency_id JOIN records_involvement i ON i.person_record_id = p.id
JOIN records_sourcerecord s ON s.id = i.source_record_id JOIN records_batch b ON b.id = s.batch_id
WHERE l.ended_at IS NULL AND i.is_current AND a.lowest_tier = 1 ORDER BY i.id
"""
_HAPPENED = """
SELECT l.child_id, e.kind, e.happened_date, e.tier
FROM childindex_link l JOIN records_personrecord p ON p.id = l.person_record_id
JOIN agencies_agency a ON a.id = p.agency_id JOIN records_chronologyentry e ON e.person_record_id = p.id
WHERE l.ended_at IS NULL AND e.is_current AND a.lowest_tier = 1
"""
_ASKED = """
SELECT DISTINCT l.child_id FROM childindex_link l JOIN childindex_reviewtask r
ON r.state = 'open' AND l.person_record_id IN (r.record_a_id, r.record_b_id) WHERE l.ended_at IS NULL
"""
_ACTS = {"assessment", "plan", "enquiry", "conference", "looked_after"}


def facts(*, on: datetime.date) -> dict:
    """Return the facts of each child whom the index describes."""
    newest, referrals, care, seen, acted = defaultdict(dict), *(defaultdict(list) for _ in range(4))
    for child, agency, kind, place, service, started, ended, practitioner, tier, received, _ in asking.rows(_SAID):
        newest[child][agency, kind, place, started] = (kind, service, started, ended)
        if kind == "child_in_need":
            referrals[child].append(rules.Span(started=started, ended=ended, is_named=practitioner != ""))
        if kind == "looked_after":
            care[child].append(rules.Span(started=started, ended=ended))
        if tier == 1 and ended is None:
            seen[child].append(min(started or received, on))
    for child, kind, happened, tier in asking.rows(_HAPPENED):
        if kind in _ACTS:
            acted[child].append(happened)
        if tier == 1 and happened <= on:
            seen[child].append(happened)
    in_question = {child for (child,) in asking.rows(_ASKED)}
    found = {}
    for child, born, died in asking.rows(_PEOPLE):
        lines = list(newest[child].values())
        schools = [line for line in lines if line[0] == "school"]
        found[child] = rules.Facts(
            born=born,
            died=died,
            schools=[rules.Span(started=s, ended=e) for _, service, s, e in schools if service != "Educated at home"],
            practices=[rules.Span(started=s, ended=e) for kind, _, s, e in lines if kind == "general_practice"],
            is_educated_at_home=any(service == "Educated at home" for _, service, _, _ in schools),
            is_in_question=child in in_question,
            seen=max(seen[child], default=None),
            referrals=referrals[child],
            acted=acted[child],
            care=care[child],
        )
    return found
