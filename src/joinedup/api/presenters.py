"""Cards of the rings turned into shapes of the API, where the names alone do not do it.

Belongs here: choosing fields. Not here: choosing what may be seen (the rings have).
"""

import base64
from collections.abc import Sequence
from typing import Any

from joinedup.api import shapes
from joinedup.governance.agreements import rules as agreements_rules
from joinedup.processes.childindex import queries as childindex_queries
from joinedup.processes.childindex import rules as childindex_rules


def facts(found: Sequence[childindex_rules.Fact]) -> list[dict[str, Any]]:
    """Write each fact with its other values."""
    return [
        {
            "field": fact.field,
            "value": fact.value,
            "sayings": fact.sayings,
            "others": [{"value": value, "sayings": sayings} for value, sayings in fact.others],
        }
        for fact in found
    ]


def chronology(part: childindex_queries.Chronology) -> dict[str, Any]:
    """Write a part of a chronology."""
    return {
        "lines": part.lines,
        "first": part.first,
        "count": part.count,
        "years": part.years,
        "kinds": part.kinds,
        "agencies": [{"code": code, "name": name} for code, name in part.agencies],
    }


def whole(child: childindex_queries.ChildPage) -> dict[str, Any]:
    """Write a child whole."""
    return {
        "purpose": child.purpose,
        "card": child.card,
        "facts": facts(child.facts),
        "helping": {"now": child.help_now, "before": child.help_before, "answers": child.answers},
        "near": {"relatives": child.relatives, "others_at_home": child.others_at_home},
        "chronology": chronology(child.chronology),
        "records": child.records,
    }


def source(page: childindex_queries.RecordPage) -> dict[str, Any]:
    """Write a source record; its row in base 64, since it may be in any encoding."""
    record = page.record
    names = shapes.Source.model_fields.keys() - {"child_number", "identity", "says", "content"}
    return {
        **{name: getattr(record, name) for name in names},
        "child_number": page.child_number,
        "identity": page.identity,
        "says": page.says,
        "content": None if page.content is None else base64.b64encode(page.content).decode("ascii"),
    }


def found(answer: childindex_queries.Found, *, first: int, count: int, is_own_alone: bool) -> dict[str, Any]:
    """Write a part of the children found; who they are is left out for those who read their own agency's word alone."""
    return {
        "children": [
            {
                "number": one.card.number,
                "name": None if is_own_alone else one.card.full_name,
                "birth_date": None if is_own_alone else one.card.birth_date,
                "sex": None if is_own_alone else one.card.sex,
                "points": one.points,
                "reasons": [] if is_own_alone else one.reasons,
            }
            for one in answer.children[first : first + count]
        ],
        "first": first,
        "count": len(answer.children),
        "is_too_many": answer.is_too_many,
    }


def match(answer: childindex_queries.Recognised, *, is_own_alone: bool) -> dict[str, Any]:
    """Write whether a stated person is known; who the child is, and why, is left out as `found` leaves it out.

    Sealed children are for pages, where their keepers show a second factor anew.
    """
    known = [
        {
            "number": one.card.number,
            "name": None if is_own_alone else one.card.full_name,
            "birth_date": None if is_own_alone else one.card.birth_date,
            "sex": None if is_own_alone else one.card.sex,
            "weight": None if is_own_alone else one.weight,
            "odds": None if is_own_alone else one.odds,
            "evidence": [] if is_own_alone else one.evidence,
        }
        for one in answer.children
    ]
    return {"answer": answer.answer.value, "doubt": answer.doubt.value, "children": known}


def policy(matrix: agreements_rules.Matrix) -> dict[str, Any]:
    """Write the permission matrix."""
    return {
        "version": matrix.policy.version,
        "tiers": matrix.tiers,
        "grounds": matrix.grounds,
        "conditions": matrix.conditions,
        "actions": matrix.actions,
        "roles": matrix.roles,
        "cells": list(matrix.policy),
    }
