"""Which rows of work on a subject a transaction sees, in the one shared form that migrations write as a policy.

Belongs here: the expression. Not here: the tables (each app), the tiers' meaning (the policy).
"""


def work_rows(*, tier: int, subject: str = "child_id", circles: str = "", home: str = "", person: str = "") -> str:
    """Return the policy of a table of work: what is read of an opened subject, and what is one's own, unless it is shut.

    Shapes: `tier` is the one whose reading shows all rows of an opened subject. Columns, each where the table has it:
    `circles` the teams whose work it is (an array), `home` the agency that wrote it, `person` the user who did.
    """
    read = f"{subject} = ANY ((SELECT access_items({tier}))::uuid[])"
    own = [
        *([f"{circles} && (SELECT access_circles())"] if circles else []),
        *([f"{home} = (SELECT access_home())"] if home else []),
        *([f"{person} = (SELECT access_viewer())"] if person else []),
    ]
    if not own:
        return read
    return f"({read} OR (({' OR '.join(own)}) AND NOT access_is_shut({subject})))"
