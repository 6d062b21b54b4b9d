"""People at work one after the other, and beside them a model of what each act must leave in the audit.

Belongs here: the acts, and the model, which is written by hand from what the audit's page promises. Not here: running
them (the test).
"""

import contextlib
import dataclasses
import itertools
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joinedup.delivery.agencies import operations as agencies_operations
from joinedup.delivery.agencies import queries as agencies_queries
from joinedup.exchange.intake import loading, undoing
from joinedup.foundation import ids
from joinedup.foundation.access import rules as access_rules
from joinedup.processes.childindex import operations as childindex_operations
from tests.api import calling
from tests.conftest import NOW, as_role
from tests.integration.intake import bringing
from tests.integration.looking import asking
from tests.integration.signing import arriving

MACHINE = access_rules.Viewer(user_id=None, name="a job", roles=frozenset({"job"}))
#: The agency of the person and of the system that look most here.
AGENCY = "schools"
LEAD = "safeguarding-lead"
WORDS = "Found alone at the station at night"
_files = itertools.count()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One event as the model wants it; `about` is the child who must be among those named."""

    act: str
    by: str
    ref: str = ""
    purpose: str = ""
    decision: str = "allow"
    about: uuid.UUID | None = None


def _arrivals() -> set[str]:
    """Return under what each arrival of records stands."""
    with as_role("definer"):
        return {
            ref for (ref,) in asking.rows("SELECT record_ref FROM audit_auditevent WHERE act = 'childindex.arrived'")
        }


def looked(kind: str, by: str, ref: str, *, given: str, grounds: str = "", about: uuid.UUID | None = None):
    """Return the two events of a look: that it was asked for, and that it was shown, on what grounds."""
    asked = Wanted(act=f"{kind}.asked", by=by, ref=ref, purpose=given)
    return [asked, Wanted(act=kind, by=by, ref=ref, purpose=given or grounds, about=about)]


@dataclasses.dataclass(slots=True)
class File:
    """A file that was brought in, as the model knows it."""

    address: str
    content: bytes
    state: str = "received"

    @property
    def id(self) -> uuid.UUID:
        return uuid.UUID(self.address.rpartition("/")[2])


class Office:
    """Everyone at work in one borough, and what the model remembers of what they did.

    Each act does one thing and returns the events that it must have left; nothing where nothing is to be written.
    """

    def __init__(self) -> None:
        self.own = self._children(calling.known_to(AGENCY, most=8))
        self.others = self._children(calling.not_known_to(AGENCY, most=8))
        self.names = {}
        self.lead = self._enter(LEAD)
        self.duty = self._enter("out-of-hours")
        self.manager = self._enter("manager")
        self.analyst = self._enter("analyst")
        self.is_in = True
        self.reasons: set[str] = set()
        self.files: list[File] = []
        self.waiting: list[str] = []
        self.reviewed: list[str] = []
        self.has_role = True
        self.holder = arriving.join("holder", display_name="Holder")
        self.admin = self._viewer(arriving.join("admin", roles=("system_admin",), display_name="Admin"))
        self.client_id: uuid.UUID | None = None
        self.system = Client()

    def _children(self, numbers: list[str]) -> list[tuple[uuid.UUID, str]]:
        with asking.peeking():
            return asking.rows("SELECT id, number FROM people_child WHERE number = ANY(%s) ORDER BY number", numbers)

    def _viewer(self, user_id: uuid.UUID) -> access_rules.Viewer:
        viewer = agencies_queries.find_viewer(user_id=user_id, session="", request_id=None)
        assert viewer is not None
        return viewer

    def _enter(self, username: str) -> Client:
        ((self.names[username],),) = asking.rows("SELECT display_name FROM access_user WHERE username = %s", username)
        return calling.signed_in(username)

    # ------------------------------------------------------------ looking

    def look_at_own(self, pick: int) -> list[Wanted]:
        return self._look(self.own[pick % len(self.own)], grounds="own_work")

    def look_at_another(self, pick: int) -> list[Wanted]:
        return self._look(self.others[pick % len(self.others)], grounds="")

    def _look(self, child: tuple[uuid.UUID, str], *, grounds: str) -> list[Wanted]:
        child_id, number = child
        answer = self.lead.get(f"/child/{number}")
        if not self.is_in:
            assert answer.status_code == 302
            return []
        assert answer.status_code == 200
        given = "referral" if number in self.reasons else ""
        if not given and not grounds:
            assert "Why are you looking?" in answer.content.decode()
            return [Wanted(act="childindex.child.seen.asked", by=self.names[LEAD], ref=number)]
        by = self.names[LEAD]
        seen = looked("childindex.child.seen", by, number, given=given, grounds=grounds, about=child_id)
        # Whoever's own work leads to the child reads on the page who looked, which is a look of its own.
        who_looked = [Wanted(act="assurance.looks.seen", by=by, ref=number, about=child_id)] if grounds else []
        return [*seen, *who_looked]

    def say_why(self, pick: int) -> list[Wanted]:
        _, number = [*self.own, *self.others][pick % (len(self.own) + len(self.others))]
        self.lead.post(f"/child/{number}/why", {"reason": "referral", "note": ""})
        if self.is_in:
            self.reasons.add(number)
        return []

    def look_for_nobody(self, _pick: int) -> list[Wanted]:
        number = ids.new_child_number()
        answer = self.lead.get(f"/child/{number}")
        assert answer.status_code == (404 if self.is_in else 302)
        by = self.names[LEAD]
        return [Wanted(act="childindex.child.seen.asked", by=by, ref=number)] if self.is_in else []

    def open_a_source(self, pick: int) -> list[Wanted]:
        child_id, number = self.own[pick % len(self.own)]
        record = calling.record_of(number, AGENCY)
        answer = self.lead.get(f"/child/{number}/record/{record}")
        if not self.is_in:
            return []
        assert answer.status_code == 200
        given = "referral" if number in self.reasons else ""
        by = self.names[LEAD]
        return looked("records.source.seen", by, str(record), given=given, grounds="own_work", about=child_id)

    def search(self, pick: int) -> list[Wanted]:
        child_id, _ = self.own[pick % len(self.own)]
        with asking.peeking():
            ((name,),) = asking.rows(
                "SELECT given_name || ' ' || family_name FROM people_childsummary WHERE child_id = %s", child_id
            )
        answer = self.lead.post("/find", {"age_band": "", "name": name})
        if not self.is_in:
            return []
        assert self.lead.get(answer["Location"]).status_code == 200
        acts = ("childindex.search.begun", "childindex.search.recalled")
        by = self.names[LEAD]
        return [*(Wanted(act=act, by=by) for act in acts), Wanted(act="childindex.searched", by=by, about=child_id)]

    def be_refused_at_the_door(self, pick: int) -> list[Wanted]:
        _, number = self.own[pick % len(self.own)]
        assert self.analyst.get(f"/child/{number}").status_code == 403
        by = self.names["analyst"]
        return [Wanted(act="web.child.denied", by=by, ref=f"/child/{number}", decision="deny")]

    def go_and_come_back(self, _pick: int) -> list[Wanted]:
        ((user_id,),) = asking.rows("SELECT id FROM access_user WHERE username = %s", LEAD)
        if self.is_in:
            self.lead.post("/sign-out")
        else:
            self.lead.post("/sign-in", {"persona": LEAD})
        self.is_in, self.reasons = not self.is_in, set()
        return [Wanted(act="sign-in.demo" if self.is_in else "sign-in.left", by=self.names[LEAD], ref=str(user_id))]

    # ------------------------------------------------------------ files

    def bring_a_file(self, _pick: int) -> list[Wanted]:
        row = f"{next(_files)},Ada,Lovell,2014-03-09,NG1 5FT,Chess club,leisure,"
        content = "\r\n".join([bringing.PEOPLE, row, ""]).encode()
        answer = self._upload(content)
        file = File(address=answer["Location"], content=content)
        self.files.append(file)
        with asking.peeking():
            ((kept,),) = asking.rows("SELECT file_id FROM records_batch WHERE id = %s", file.id)
        by = self.names["analyst"]
        return [
            Wanted(act="records.batches.seen", by=by),
            Wanted(act="records.file.kept", by=by, ref=str(kept)),
            Wanted(act="records.batch.begun", by=by, ref=str(file.id)),
        ]

    def bring_it_again(self, pick: int) -> list[Wanted]:
        file = self._file(pick)
        if file is None or file.state == "undone":
            return []
        assert self._upload(file.content)["Location"] == file.address
        return [Wanted(act="records.batches.seen", by=self.names["analyst"])]

    def _upload(self, content: bytes):
        answer = self.analyst.post("/files", {"agency": "leisure", "file": SimpleUploadedFile("club.csv", content)})
        assert answer.status_code == 302
        return answer

    def _file(self, pick: int) -> File | None:
        return self.files[pick % len(self.files)] if self.files else None

    def load_a_file(self, pick: int) -> list[Wanted]:
        file = self._file(pick)
        if file is None:
            return []
        before = _arrivals()
        with as_role("batch"):
            loaded = loading.load_batch(batch_id=file.id, by=MACHINE)
        if file.state != "received":
            assert loaded.state == file.state
            return []
        file.state = "loaded"
        # Whom a load brings anew is matched as it arrives, at once for all of a load.
        arrived = [Wanted(act="childindex.arrived", by="a job", ref=ref) for ref in _arrivals() if ref not in before]
        assert len(arrived) <= 1
        return [*arrived, Wanted(act="records.batch.loaded", by="a job", ref=str(file.id))]

    def ask_to_load(self, pick: int) -> list[Wanted]:
        file = self._file(pick)
        if file is None:
            return []
        self.analyst.post(f"{file.address}/load")
        return [Wanted(act="records.batch.load-asked", by=self.names["analyst"], ref=str(file.id))]

    def see_what_was_refused(self, pick: int) -> list[Wanted]:
        file = self._file(pick)
        if file is None:
            return []
        assert self.analyst.get(f"{file.address}/refused").status_code == 200
        return [Wanted(act="records.batch.refused-rows-seen", by=self.names["analyst"], ref=str(file.id))]

    def take_a_file_back(self, pick: int) -> list[Wanted]:
        file = self._file(pick)
        if file is None or file.state != "loaded":
            return []
        with as_role("batch"):
            undoing.undo(batch_id=file.id, by=MACHINE)
        file.state = "undone"
        return [
            Wanted(act="records.batch.undone", by="a job", ref=str(file.id)),
            Wanted(act="childindex.refreshed", by="a job"),
        ]

    def work_out_who_is_tied(self, _pick: int) -> list[Wanted]:
        with as_role("batch"):
            childindex_operations.refresh_relations(by=MACHINE, at=NOW)
        return [Wanted(act="childindex.related", by="a job")]

    # ------------------------------------------------------------ emergencies

    def look_in_an_emergency(self, pick: int) -> list[Wanted]:
        child_id, number = self.own[pick % len(self.own)]
        by = self.names["out-of-hours"]
        answer = self.duty.post(f"/child/{number}/emergency", {"reason": "missing", "words": WORDS})
        assert answer.status_code == 302
        with asking.peeking():
            ((look, group),) = asking.rows("SELECT id, group_id FROM breakglass_emergencylook ORDER BY id DESC LIMIT 1")
        self.waiting.append(str(look))
        return [
            *looked("childindex.household.seen", by, number, given="emergency", about=child_id),
            Wanted(act="breakglass.broken", by=by, ref=str(group), purpose="missing", about=child_id),
        ]

    def be_refused_an_emergency(self, pick: int) -> list[Wanted]:
        child_id, number = self.own[pick % len(self.own)]
        by = self.names[LEAD]
        answer = self.lead.post(f"/child/{number}/emergency", {"reason": "missing", "words": WORDS})
        if not self.is_in:
            return []
        assert answer.status_code == 422
        return [
            *looked("childindex.household.seen", by, number, given="emergency", about=child_id),
            Wanted(act="breakglass.broken.denied", by=by, ref=number, decision="deny"),
        ]

    def review_a_look(self, pick: int) -> list[Wanted]:
        if not self.waiting:
            return []
        look = self.waiting.pop(pick % len(self.waiting))
        self.reviewed.append(look)
        assert self._review(look) == 302
        by = self.names["manager"]
        return [Wanted(act=act, by=by, ref=look) for act in ("breakglass.look.seen", "breakglass.reviewed")]

    def review_it_again(self, pick: int) -> list[Wanted]:
        if not self.reviewed:
            return []
        look = self.reviewed[pick % len(self.reviewed)]
        assert self._review(look) == 422
        by = self.names["manager"]
        return [
            Wanted(act="breakglass.look.seen", by=by, ref=look),
            Wanted(act="breakglass.reviewed.denied", by=by, ref=look, decision="deny"),
        ]

    def _review(self, look: str) -> int:
        return self.manager.post(f"/emergencies/{look}", {"outcome": "justified", "note": ""}).status_code

    # ------------------------------------------------------------ those who sign in, and other systems

    def end_a_role(self, _pick: int) -> list[Wanted]:
        with contextlib.suppress(agencies_operations.RoleNotHeld):
            agencies_operations.end_role(user_id=self.holder, role="social_worker", by=self.admin, at=NOW)
        had, self.has_role = self.has_role, False
        ref = f"{self.holder} social_worker"
        return [Wanted(act="agencies.role.ended", by="Admin", ref=ref)] if had else []

    def give_a_role(self, _pick: int) -> list[Wanted]:
        arriving.join("holder", display_name="Holder")
        self.has_role = True
        acts = [("agencies.agency.kept", "social_care"), ("agencies.joiner.kept", str(self.holder))]
        return [Wanted(act=act, by=arriving.COMMAND.name, ref=ref) for act, ref in acts]

    def let_a_system_in_or_out(self, _pick: int) -> list[Wanted]:
        if self.client_id is not None:
            ended, self.client_id = self.client_id, None
            with as_role("batch"):
                agencies_operations.end_client(client_id=ended, by=MACHINE, at=NOW)
            return [Wanted(act="agencies.client.ended", by="a job", ref=str(ended))]
        with as_role("batch"):
            made = agencies_operations.add_client(agency_code=AGENCY, name="A system", by=MACHINE, at=NOW)
        self.client_id = made.id
        self.system = Client(headers={"Authorization": f"Bearer {made.secret}"})
        return [Wanted(act="agencies.client.added", by="a job", ref=str(made.id))]

    def a_system_reads(self, pick: int) -> list[Wanted]:
        child_id, number = self.own[pick % len(self.own)]
        part, kind = (("", "card"), ("/facts", "facts"))[pick % 2]
        answer = calling.get(self.system, f"/children/{number}{part}")
        if self.client_id is None:
            assert answer.status_code == 401
            return []
        assert answer.status_code == 200
        return looked(f"childindex.{kind}.seen", "A system", number, given="", grounds="own_work", about=child_id)

    def a_system_reads_another(self, pick: int) -> list[Wanted]:
        _, number = self.others[pick % len(self.others)]
        answer = calling.get(self.system, f"/children/{number}")
        if self.client_id is None:
            assert answer.status_code == 401
            return []
        assert answer.status_code == 404
        return [
            Wanted(act="childindex.card.seen.asked", by="A system", ref=number),
            Wanted(act="api.not-found.denied", by="A system", decision="deny"),
        ]


#: Every act, in the order in which they are written above.
ACTS = tuple(name for name in vars(Office) if not name.startswith("_"))
