"""What the child thinks, as workers read and answer it, in every state."""

from joinedup.web import presenters, voices
from joinedup.web.voice import presenters as voice
from tests.journeys.screens import common

OWED = presenters.Tag(text="Answer due", tone=presenters.Tone.CARE)
SAID = voices.Said(
    heading="The child, 3 March 2026",
    words=common.LONG_TEXT,
    answer=f"Rukhsana Peel, 3 March 2026: {common.LONG_WORD}",
    quiet="Said for a review. Everyone who helps may see this",
    tag=OWED,
)
ABOUT = (("What I want you to know", common.LONG_TEXT), ("What I like", common.LONG_WORD))
HEARD = voices.Heard(views=(SAID,), about=ABOUT, about_quiet="In the child's own words, 3 March 2026", href="#")


def page(*, empty: bool = False) -> voice.VoicePage:
    invitation = voice.Invitation(
        heading=f"The child: {common.LONG_NAME}", quiet="Invited by Gwen Tolliver", tag=OWED, withdraw_href="#"
    )
    return voice.VoicePage(
        name=common.LONG_NAME,
        number="9XG5 C7M1 9",
        heard=voices.Heard(views=(), about=()) if empty else HEARD,
        nothing=voices.NOTHING,
        views=() if empty else (voice.Answerable(said=SAID, answer_href="#"), voice.Answerable(said=SAID)),
        invitations=() if empty else (invitation,),
        invite_href="#",
        back=common.link("The child's page"),
        message=None if empty else presenters.Message(heading="They read your answer on their own page."),
    )


def states() -> dict[str, common.State]:
    link = voice.LinkPage(
        link=f"https://joinedup.example/invited/{common.LONG_WORD}{common.LONG_WORD}",
        until="17 March 2026",
        who="the child",
        back=common.link("What the child thinks"),
    )
    return {
        "voice": ("voice/voice.jinja", page(), ""),
        "voice_empty": ("voice/voice.jinja", page(empty=True), ""),
        "voice_link": ("voice/link.jinja", link, ""),
    }
