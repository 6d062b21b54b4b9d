"""Words of casework that are chosen from: kinds of episode, levels of need, elements, and how things end.

Belongs here: enumerations, each member explaining itself. Not here: their sentences on pages (web).
"""

import enum
from collections.abc import Mapping

MOST_LETTERS, MOST_NAME = 2000, 200


class EpisodeKind(enum.StrEnum):
    """Which help an episode is."""

    EARLY_HELP = "early_help"  #: help by agreement, below the statutory threshold
    FAMILY_HELP = "family_help"  #: help for the whole family, with one lead
    CHILD_IN_NEED = "child_in_need"  #: section 17 of the Children Act 1989
    DISABILITY = "disability"  #: early support for a disabled child and the family
    LEAVING_CARE = "leaving_care"  #: help for a young person who has left care


class Level(enum.IntEnum):
    """How much help is needed, as a person judges it; never worked out.

    Source: continuum of need as safeguarding partnerships publish it; four levels, names vary.
    """

    UNIVERSAL = 1  #: met by parents and services for every child
    ADDITIONAL = 2  #: something that those alone cannot meet; often one agency
    INTENSIVE = 3  #: several needs; several agencies with one lead
    SPECIALIST = 4  #: acute need or significant harm


class NeedState(enum.StrEnum):
    """What became of a need."""

    STRENGTH = "strength"  #: no need: something good, to build on
    OPEN = "open"  #: not met yet
    MET = "met"  #: it is as it should be
    HANDED_ON = "handed_on"  #: someone else has taken it
    DECLINED = "declined"  #: the family does not want help with it
    NO_SUCH_SERVICE = "no_such_service"  #: nobody offers what would meet it: unmet need, for commissioners


class Closing(enum.StrEnum):
    """Why an episode ended."""

    NEEDS_MET = "needs_met"  #: what was wanted has come about
    UNIVERSAL = "universal"  #: services for every child are enough now
    DECLINED = "declined"  #: the family or young person does not want it
    OTHER_SERVICE = "other_service"  #: another service helps instead
    GROWN_UP = "grown_up"  #: too old for this help
    MOVED = "moved"  #: another area has accepted the transfer
    IN_ERROR = "in_error"  #: it should not have been opened


class Spoken(enum.StrEnum):
    """Whether the child's view is in a review, and why not."""

    SAID = "said"  #: the child said it, or it was watched for
    NOT_ASKED = "not_asked"  #: nobody asked
    DID_NOT_WISH = "did_not_wish"  #: the child did not want to say
    TOO_YOUNG = "too_young"  #: too young to say, and nobody watched for it
    NOT_SEEN = "not_seen"  #: the child was not seen


#: The fourteen elements of the common assessment, by code.
#: Source: Common assessment framework, practitioners' guide (2010).
ELEMENTS: Mapping[str, str] = {
    "child.health": "Health",
    "child.emotional_social": "Emotional and social development",
    "child.behavioural": "Behavioural development",
    "child.identity": "Identity, self-esteem, self-image and social presentation",
    "child.relationships": "Family and social relationships",
    "child.self_care": "Self-care skills and independence",
    "child.learning": "Learning",
    "parents.basic_care": "Basic care, ensuring safety and protection",
    "parents.warmth": "Emotional warmth and stability",
    "parents.guidance": "Guidance, boundaries and stimulation",
    "family_environment.family_history": "Family history, functioning and well-being",
    "family_environment.wider_family": "Wider family",
    "family_environment.housing_money": "Housing, employment and financial considerations",
    "family_environment.community": "Social and community elements and resources, including education",
}
