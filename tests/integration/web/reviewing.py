"""Steps of a steward who works through pairs, and how records then stand.

Belongs here: steps that tests of matching review share. Not here: what must hold.
"""

import json
import re
import uuid

from django.test import Client

from tests.conftest import as_role
from tests.integration.looking import asking
from tests.integration.web import visiting


def shown(page: str) -> list[tuple[str, str, str]]:
    """Return the agencies, the reason and the odds of each row."""
    return list(
        zip(
            visiting.texts(r'<th scope="row"[^>]*>\s*<a[^>]*>(.*?)</a>', page),
            visiting.texts(r'data-label="Why it is asked">(.*?)</td>', page),
            visiting.texts(r'data-label="What the evidence says">(.*?)</td>', page),
            strict=True,
        )
    )


def questions(client: Client, address: str = "/matching") -> list[str]:
    page = visiting.body(client, address)
    return re.findall(r'href="(/matching/[0-9a-f]{8}-[^"]*)"', page)


def said(page: str) -> str:
    return " ".join(visiting.texts(r"<main.*?</main>", page)[0].split())


def records_of(task: str) -> tuple[uuid.UUID, uuid.UUID]:
    with as_role("batch"):
        ((one, other),) = asking.rows(
            "SELECT record_a_id, record_b_id FROM childindex_reviewtask WHERE id = %s",
            task.split("/")[2].split("?", maxsplit=1)[0],
        )
    return one, other


def children_of(*records: uuid.UUID) -> list[uuid.UUID]:
    with as_role("batch"):
        found = dict(
            asking.rows(
                "SELECT person_record_id, child_id FROM childindex_link WHERE ended_at IS NULL AND person_record_id = ANY (%s)",
                list(records),
            )
        )
    return [found[record] for record in records]


def number_of(child: uuid.UUID) -> str:
    with as_role("batch"):
        return asking.rows("SELECT number FROM people_child WHERE id = %s", child)[0][0]


def last_event(act: str) -> tuple[str, str, set[uuid.UUID]]:
    """Return the purpose, the reference and the subjects of the newest event of this kind."""
    with as_role("definer"):
        ((event, purpose, ref),) = asking.rows(
            "SELECT id, purpose, record_ref FROM audit_auditevent WHERE act = %s ORDER BY at DESC, id DESC LIMIT 1", act
        )
        subjects = {
            row[0] for row in asking.rows("SELECT subject_id FROM audit_auditsubject WHERE event_id = %s", event)
        }
    return purpose, ref, subjects


def linked_by_hand(client: Client) -> tuple[str, str]:
    """Link a pair that can be; return the task and where the product went on."""
    for task in questions(client):
        answer = client.post(task, {"answer": "link", "note": ""})
        if "after=" in answer["Location"]:
            return task, answer["Location"]
    raise LookupError("no pair of the borough can be linked")


def questions_of(page: str) -> list[str]:
    return re.findall(r'href="(/matching/[0-9a-f]{8}-[^"?]*)', page)


def a_night_would_part(client: Client) -> tuple[str, list[uuid.UUID]]:
    """Let a run ask whether a child is two; return the task, and three records: one would stay, the others would go."""
    with as_role("batch"):
        ((records,),) = asking.rows(
            "SELECT array_agg(person_record_id ORDER BY person_record_id) FROM childindex_link WHERE ended_at IS NULL "
            "GROUP BY child_id HAVING count(*) = 3 ORDER BY child_id LIMIT 1"
        )
    visiting.write_as_batch("UPDATE childindex_reviewtask SET state = 'closed' WHERE state = 'open'")
    visiting.write_as_batch(
        "INSERT INTO childindex_reviewtask (id, record_a_id, record_b_id, run_id, weight_bits, evidence, state, opened_at, "
        "decided_by_name) SELECT gen_random_uuid(), %s, %s, (SELECT id FROM childindex_linkrun LIMIT 1), -2, "
        "jsonb_build_object('reason', 'night_would_part', 'weight', -2, 'prior', -13, 'words', '', 'fields', '[]'::jsonb, "
        "'sides', %s::jsonb), 'open', timestamptz '2026-10-01', ''",
        records[0],
        records[1],
        json.dumps([[str(records[0])], [str(records[1]), str(records[2])]]),
    )
    return questions(client)[0], records
