"""Every address of the product, with whom it lets in, what it answers, and how it is written.

Belongs here: the table that tests of all addresses walk. Not here: walking it.
"""

NOBODY = ""
LOOKS = frozenset(
    {"universal", "safeguarding_lead", "front_door", "social_worker", "manager", "police", "youth_justice", "steward"}
    | {"provider", "out_of_hours", "shield_officer", "data_protection_officer"}
)
#: Who may look only at children of their own, so that a child of others is not there for them.
OWN_ONLY = frozenset({"universal", "provider", "data_protection_officer"})
FILES = frozenset({"analyst"})
REVIEWS = frozenset({"manager", "shield_officer", "auditor"})
SEALS = frozenset({"shield_officer"})
OTHERS = frozenset({"commissioner", "board"})
#: Who may write about a child, and so has work with children.
WORKS = frozenset(
    {"universal", "safeguarding_lead", "front_door", "social_worker", "manager", "police", "youth_justice", "provider"}
    | {"out_of_hours"}
)
#: Who may ever take something out.
TAKES_OUT = frozenset(
    {"safeguarding_lead", "social_worker", "manager", "analyst", "commissioner", "auditor"}
    | {"data_protection_officer"}
)
RIGHTS = frozenset({"data_protection_officer"})
LINKS = frozenset({"steward"})
TRACKS = frozenset({"front_door", "manager", "safeguarding_lead"})
#: Who finds children and reads early help of some of them.
READS_PLANS = LOOKS - {"steward", "provider", "shield_officer"}
#: Who sees counts, and who answers for the links that are counted.
COUNTS = LINKS | {"analyst", "commissioner", "provider", "board", "data_protection_officer"}
#: Who may ever write about a child, and who works their team's in-basket.
WRITES = frozenset(
    {"universal", "safeguarding_lead", "front_door", "social_worker", "manager", "police", "youth_justice", "provider"}
    | {"out_of_hours"}
)
BASKETS = WRITES - {"universal", "provider"}
EVERYONE = LOOKS | FILES | REVIEWS | OTHERS | {NOBODY}
SIGNED_IN = EVERYONE - {NOBODY}

#: For a look at each address: who is shown something, and what; all others who are signed in may not, and nobody signs in.
SHOWN = {
    # Posts alone.
    **dict.fromkeys(
        (
            "emergency-end",
            "seal-held",
            "unusual-look-open",
            "unusual-look-decide",
            "sign-out",
            "why",
            "batch-load",
            "sign-in-directory",
            "kept-discard",
            "factor-remove",
            "add-passkey",
            "recovery-codes",
            "session-end",
            "request-confirm",
            "request-rule",
            "request-take",
            "retention-approve",
            "export-take",
            "export-decide",
            "export-withdraw",
            "rejoin-propose",
            "reassign",
            "tracking-search",
            "tracked-take",
            "tracked-hand-back",
            "in-basket-together",
            "in-basket-act",
            "assessment-take",
            "assessment-again",
            "voice-withdraw",
        ),
        (EVERYONE, 405),
    ),
    "home": (SIGNED_IN, 200),
    "about": (EVERYONE, 200),
    "sign-in": (EVERYONE, 200),
    "find": (LOOKS, 200),
    "found": (LOOKS, 404),  # another person's search
    "child": (LOOKS, 200),
    "source-record": (LOOKS, 302),  # to the child's page, which asks why
    "why-drawn": (LOOKS, 404),  # no record of this identifier is linked, or the page would ask why first
    "episode-new": (WORKS, 200),
    "plan": (LOOKS, 302),  # to the child's page, which asks why
    "plan-act": (LOOKS, 302),
    **dict.fromkeys(("protection", "protection-worry", "protection-act"), (LOOKS, 302)),
    **dict.fromkeys(("protection-correct", "protection-care", "protection-span"), (LOOKS, 302)),
    "voice": (LOOKS, 302),  # to the child's page, which asks why
    **dict.fromkeys(("voice-answer", "voice-invite"), (WORKS, 302)),
    "invited": (EVERYONE, 404),  # the link was never made
    # Nobody of the demonstration has a page of their own.
    **dict.fromkeys(("my-pages", "my-page", "my-plan", "my-views", "my-about"), (frozenset(), 200)),
    **dict.fromkeys(("my-worry", "my-correction", "my-looks"), (frozenset(), 200)),
    "work": (WORKS, 200),
    "offer": (WORKS, 404),  # there is none
    "board": (frozenset({"manager"}), 200),
    # To the child's page, which asks why.
    **dict.fromkeys(("assessments", "assessment-begin", "assessment", "assessment-part"), (READS_PLANS, 302)),
    **dict.fromkeys(("assessment-choose", "assessment-history", "assessment-family"), (READS_PLANS, 302)),
    **dict.fromkeys(("assessment-sign", "assessment-version"), (READS_PLANS, 302)),
    "emergency": (LOOKS, 200),
    "sealed": (SEALS, 200),
    "seal-ask": (SEALS, 200),
    "seal-request": (SEALS, 404),  # nothing waits
    "emergencies": (REVIEWS, 200),
    "emergency-review": (REVIEWS, 404),  # there is none
    "files": (FILES, 200),
    "batch": (FILES, 200),
    "batch-refused": (FILES, 200),
    "batch-undo": (FILES, 200),
    "looking": (REVIEWS, 200),
    "looking-rates": (EVERYONE, 200),
    "unusual-look": (REVIEWS, 404),  # of nobody
    "sign-in-password": (EVERYONE, 200),
    "sign-in-code": (EVERYONE, 302),  # nobody has given a password
    "sign-in-passkey": (EVERYONE, 200),
    "set-up": (EVERYONE, 404),  # the link was never made
    "openid_connect_callback": (EVERYONE, 404),  # no directory is set up
    "step-up": (SIGNED_IN, 302),  # a made-up person has no second factor to show
    "step-up-passkey": (SIGNED_IN, 200),
    "kept": (SIGNED_IN, 200),
    "account": (SIGNED_IN, 200),
    "password": (SIGNED_IN, 404),  # a made-up person has no password
    "second-factor": (SIGNED_IN, 404),  # and no second factor
    "passkey-options": (SIGNED_IN, 404),
    "users": (frozenset(), 200),  # nobody of the demonstration looks after users
    "user": (frozenset(), 200),
    **dict.fromkeys(("user-end-sessions", "user-end-role", "user-end"), (EVERYONE, 405)),
    "requests": (RIGHTS, 200),
    "request-new": (RIGHTS, 200),
    "request": (RIGHTS, 404),  # there is none
    "request-extend": (RIGHTS, 404),
    "request-answer": (RIGHTS, 404),
    "request-dispute": (RIGHTS, 404),
    "request-decide": (RIGHTS, 404),
    "request-pack": (RIGHTS, 404),
    "retention": (RIGHTS, 200),
    "retention-hold": (RIGHTS, 200),
    "retention-lift": (RIGHTS, 404),  # there is none
    "retention-certificate": (RIGHTS, 404),
    "open": (EVERYONE, 200),
    "open-page": (EVERYONE, 200),
    "matching": (LINKS, 200),
    "question": (LINKS, 404),  # there is none
    "steward-act": (LINKS, 404),
    "rejoins": (LINKS, 200),
    "rejoin": (LINKS, 404),
    "blind": (LINKS, 200),
    "blind-pair": (LINKS, 302),  # none is drawn
    "thresholds": (LINKS, 200),
    "link-quality": (COUNTS, 200),
    "identity": (LINKS, 200),
    "reassigning": (LINKS, 200),
    "tracking": (TRACKS, 200),
    "tracked": (TRACKS, 404),  # there is none
    "help": (WRITES, 200),
    "child-help": (WRITES, 302),  # to the child's page, which asks why
    "sent": (WRITES, 200),
    "receipt": (WRITES, 404),  # nothing was sent
    "in-basket": (BASKETS, 200),
    "in-basket-item": (BASKETS, 404),
    "in-basket-child": (BASKETS, 404),
    "exports": (TAKES_OUT, 200),
    "export-ask": (TAKES_OUT, 200),
    "export": (TAKES_OUT, 404),  # another agency's
}
PATHS = {
    "home": "/",
    "sign-in": "/sign-in",
    "sign-out": "/sign-out",
    "about": "/about",
    "find": "/find",
    "found": "/find/{token}",
    "child": "/child/{number}",
    "why": "/child/{number}/why",
    "source-record": "/child/{number}/record/{record}",
    "why-drawn": "/child/{number}/record/{export}/why.svg",
    "episode-new": "/child/{number}/plan",
    "plan": "/child/{number}/plan/{export}",
    "plan-act": "/child/{number}/plan/{export}/need",
    "protection": "/child/{number}/protection",
    "protection-worry": "/child/{number}/protection/worry",
    "protection-act": "/child/{number}/protection/{export}/discussed",
    "protection-correct": "/child/{number}/protection/{export}/correct/{batch}",
    "protection-care": "/child/{number}/protection/care/placement",
    "protection-span": "/child/{number}/protection/care/{export}/end",
    "voice": "/child/{number}/voice",
    "voice-invite": "/child/{number}/voice/invite",
    "voice-answer": "/child/{number}/voice/{export}/answer",
    "voice-withdraw": "/child/{number}/voice/{export}/take-back",
    "invited": "/invited/never-made",
    "my-pages": "/mine",
    "my-page": "/mine/{number}",
    "my-plan": "/mine/{number}/plan",
    "my-views": "/mine/{number}/think",
    "my-about": "/mine/{number}/about-me",
    "my-worry": "/mine/{number}/worry",
    "my-correction": "/mine/{number}/wrong",
    "my-looks": "/mine/{number}/looked",
    "work": "/my-work",
    "offer": "/my-work/offers/{export}",
    "board": "/board",
    "assessments": "/child/{number}/assessments",
    "assessment-begin": "/child/{number}/assessments/begin",
    "assessment": "/child/{number}/assessments/{export}",
    "assessment-part": "/child/{number}/assessments/{export}/part/voices",
    "assessment-choose": "/child/{number}/assessments/{export}/choose/{batch}",
    "assessment-history": "/child/{number}/assessments/{export}/history/{batch}",
    "assessment-family": "/child/{number}/assessments/{export}/family",
    "assessment-sign": "/child/{number}/assessments/{export}/sign",
    "assessment-version": "/child/{number}/assessments/{export}/version/1",
    "assessment-take": "/child/{number}/assessments/{export}/take",
    "assessment-again": "/child/{number}/assessments/{export}/again",
    "emergency": "/child/{number}/emergency",
    "emergency-end": "/child/{number}/emergency/end",
    "sealed": "/sealed",
    "seal-ask": "/sealed/ask",
    "seal-request": "/sealed/requests/{record}",
    "seal-held": "/sealed/held/{record}",
    "emergencies": "/emergencies",
    "emergency-review": "/emergencies/{record}",
    "files": "/files",
    "batch": "/files/{batch}",
    "batch-load": "/files/{batch}/load",
    "batch-refused": "/files/{batch}/refused",
    "batch-undo": "/files/{batch}/undo",
    "sign-in-password": "/sign-in/password",
    "sign-in-code": "/sign-in/code",
    "sign-in-passkey": "/sign-in/passkey",
    "set-up": "/sign-in/set-up/never-made",
    "sign-in-directory": "/sign-in/directory/nowhere",
    "openid_connect_callback": "/sign-in/directory/nowhere/back",
    "step-up": "/step-up",
    "step-up-passkey": "/step-up/passkey",
    "kept": "/kept",
    "kept-discard": "/kept/{batch}/discard",
    "account": "/account",
    "password": "/account/password",
    "second-factor": "/account/second-factor",
    "factor-remove": "/account/second-factor/1/remove",
    "add-passkey": "/account/passkey",
    "passkey-options": "/account/passkey/options",
    "recovery-codes": "/account/recovery-codes",
    "session-end": "/account/sessions/0123456789abcdef/end",
    "users": "/users",
    "user": "/users/{batch}",
    "user-end-sessions": "/users/{batch}/end-sessions",
    "user-end-role": "/users/{batch}/end-role",
    "user-end": "/users/{batch}/end",
    "looking": "/looking",
    "looking-rates": "/looking/rates",
    "unusual-look": "/looking/{alert}",
    "unusual-look-open": "/looking/{alert}/open",
    "unusual-look-decide": "/looking/{alert}/decide",
    "requests": "/requests",
    "request-new": "/requests/new",
    "request": "/requests/{export}",
    "request-confirm": "/requests/{export}/confirm",
    "request-extend": "/requests/{export}/extend",
    "request-answer": "/requests/{export}/answer",
    "request-dispute": "/requests/{export}/dispute",
    "request-decide": "/requests/{export}/dispute/{batch}",
    "request-pack": "/requests/{export}/copy",
    "request-rule": "/requests/{export}/copy/decide",
    "request-take": "/requests/{export}/copy/take",
    "retention": "/retention",
    "retention-hold": "/retention/hold",
    "retention-lift": "/retention/hold/{export}/lift",
    "retention-approve": "/retention/due/{export}/approve",
    "retention-certificate": "/retention/certificate/{export}",
    "open": "/open",
    "open-page": "/open/algorithms",
    "matching": "/matching",
    "question": "/matching/{export}",
    "steward-act": "/matching/acts/{export}",
    "rejoins": "/matching/rejoins",
    "rejoin-propose": "/matching/rejoins/propose",
    "rejoin": "/matching/rejoins/{export}",
    "blind": "/matching/blind",
    "blind-pair": "/matching/blind/pair",
    "thresholds": "/matching/thresholds",
    "link-quality": "/links",
    "identity": "/child/{number}/identity",
    "reassigning": "/reassigning",
    "reassign": "/reassigning/{export}",
    "tracking": "/lost",
    "tracking-search": "/lost/search",
    "tracked": "/lost/{export}",
    "tracked-take": "/lost/{export}/take",
    "tracked-hand-back": "/lost/{export}/hand-back",
    "help": "/help",
    "child-help": "/child/{number}/help",
    "sent": "/sent",
    "receipt": "/sent/{export}",
    "in-basket": "/in-basket",
    "in-basket-together": "/in-basket/together",
    "in-basket-item": "/in-basket/{export}",
    "in-basket-child": "/in-basket/{export}/child",
    "in-basket-act": "/in-basket/{export}/claim",
    "exports": "/exports",
    "export-ask": "/exports/ask/roll",
    "export": "/exports/{export}",
    "export-take": "/exports/{export}/take",
    "export-decide": "/exports/{export}/decide",
    "export-withdraw": "/exports/{export}/withdraw",
}
TAKES_POSTS = (
    *("sign-in", "sign-out", "find", "why", "emergency", "emergency-review", "files", "batch-load", "batch-undo"),
    *("unusual-look-open", "unusual-look-decide"),
)
