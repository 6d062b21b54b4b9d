"""The words of the family's pages: plain, and the same whether nobody looked or nothing may be said.

Belongs here: turning what assurance returns into presenters. Not here: what may be shown (assurance).
"""

from joinedup.governance.assurance.rules import family as assurance_family
from joinedup.web import looking
from joinedup.web.family import presenters as family


def who_looked_page(
    view: assurance_family.FamilyView, *, reader: assurance_family.Reader, after_days: int
) -> family.WhoLookedPage:
    """Show a family who looked."""
    return family.WhoLookedPage(
        is_on=view.is_on,
        about="you" if reader is assurance_family.Reader.CHILD else "your child",
        after_days=after_days,
        looks=tuple(
            family.Look(
                on=look.on,
                role=looking.roles(look.roles),
                agency=look.agency_name,
                purpose=looking.purpose(look.purpose),
            )
            for look in view.looks
        ),
    )
