"""Why a person looks at a child, kept for their session, so that it is asked for once and inherited by every page.

Belongs here: remembering and recalling the reason given. Not here: deciding whether one is needed (childindex); that it
is the person's own work is never kept, for that is worked out afresh each time, and a look then writes no session.
"""

from django.contrib.sessions.backends.base import SessionBase

_KEY = "purposes"
_MOST_CHILDREN = 50


def remember(session: SessionBase, *, number: str, purpose: str, reason: str = "") -> None:
    """Keep why this person looks at this child; the oldest of many are forgotten."""
    kept = dict(session.get(_KEY, {}))
    if kept.get(number) == [purpose, reason]:
        return
    kept.pop(number, None)
    kept[number] = [purpose, reason]
    session[_KEY] = dict(list(kept.items())[-_MOST_CHILDREN:])


def recall(session: SessionBase, *, number: str) -> tuple[str, str]:
    """Return the purpose and the words kept for this child; empty where nothing was said."""
    purpose, reason = session.get(_KEY, {}).get(number, ("", ""))
    return purpose, reason
