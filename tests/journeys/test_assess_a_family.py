"""An assessment is written by two people at once while the server is killed; nothing typed ten seconds before is lost."""

import re
import time
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import databases
from tests.journeys import accessible, killable

pytestmark = pytest.mark.journey

#: What is typed is with the server after so long at the latest.
SAVED_SECONDS = 10
_CHILD = """
SELECT c.id, c.number FROM people_child c JOIN people_childsummary s ON s.child_id = c.id
WHERE c.state = 'active' AND s.given_name <> '' AND s.family_name <> '' ORDER BY s.agency_count DESC, c.number LIMIT 1
"""
_TIE = """
INSERT INTO access_groundheld (id, user_id, subject_id, ground, origin, is_past_seal, started_at)
SELECT %s, u.id, %s, %s, 'test', false, now() FROM access_user u WHERE u.id = %s
"""
_PERSON = """
SELECT u.id, u.display_name FROM access_user u JOIN access_roleheld r ON r.user_id = u.id
WHERE r.role = %s AND u.is_demo AND r.ended_at IS NULL ORDER BY u.username LIMIT 1
"""


@pytest.fixture
def site(own_borough) -> Iterator[killable.Site]:
    """A site of the test's own."""
    made = killable.Site(own_borough)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def known(own_borough) -> dict[str, str]:
    """A child, the social worker who leads their plan, and a teacher who is named with them."""
    with psycopg.connect(databases.admin_url(own_borough)) as administrator:
        ((child_id, number),) = administrator.execute(_CHILD).fetchall()
        names = {}
        for role, ground in (("social_worker", "L"), ("universal", "P")):
            ((user_id, name),) = administrator.execute(_PERSON, [role]).fetchall()
            administrator.execute(_TIE, [uuid.uuid4(), child_id, ground, user_id])
            names[role] = name
    return {"number": number, **names}


@pytest.fixture
def contexts(chromium: Browser, site) -> Iterator[list[BrowserContext]]:
    made = [
        chromium.new_context(base_url=site.address, viewport={"width": 1280, "height": 900}, locale="en-GB")
        for _ in range(2)
    ]
    yield made
    for one in made:
        one.close()


class Waiting:
    """How long a person is kept waiting, from a press to the page after it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seconds = 0.0
        self.pages = 0

    def press(self, name: str, *, role: str = "button") -> None:
        began = time.monotonic()
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role(role, name=name, exact=False).first.click()
        self.seconds += time.monotonic() - began
        self.pages += 1


def signed_in(context: BrowserContext, name: str) -> Page:
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name=f"Sign in as {name}").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def sound(page: Page) -> None:
    """Hold that a page is sound, wide and narrow."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert not (faults := accessible.faults_of(page)), faults
        assert accessible.too_wide_px(page) <= 0


def address_of(page: Page) -> str:
    """Return the address of the assessment that a page is of."""
    return re.match(r".*/assessments/[0-9a-f-]{36}", page.url)[0]


def test_two_people_write_while_the_server_is_killed(site, known, contexts):
    worker, teacher = (
        signed_in(context, known[role]) for context, role in zip(contexts, ("social_worker", "universal"), strict=True)
    )
    worker.goto(f"/child/{known['number']}/assessments/begin")
    worker.get_by_role("button", name="Begin").click()
    address = address_of(worker)
    worker.goto(f"{address}/part/start")
    teacher.goto(f"{address}/part/start")
    sound(worker)

    led, took_part = "What led to this assessment?", "Who took part?"
    worker.get_by_label(led).press_sequentially("Ben is tired at school.")
    teacher.get_by_label(took_part).press_sequentially("Mum, Ben and his teacher.")
    typed = time.monotonic()
    expect(worker.locator("#saving")).to_contain_text("Saved at", timeout=SAVED_SECONDS * 1000)
    expect(teacher.locator("#saving")).to_contain_text("Saved at", timeout=SAVED_SECONDS * 1000)
    print(f"both saved {time.monotonic() - typed:.1f} s after the last letter")

    worker.get_by_label(led).press_sequentially(" He sleeps badly.")
    site.kill()
    teacher.get_by_label(took_part).press_sequentially(" And his gran.")
    expect(worker.locator("#saving-problem")).to_contain_text("the server does not answer", timeout=15_000)
    sound(worker)
    teacher.close()  # as if the browser had ended
    site.start()

    expect(worker.locator("#saving")).to_contain_text("Saved at", timeout=20_000)
    again = contexts[1].new_page()
    again.goto(f"{address}/part/start")
    expect(again.get_by_label(took_part)).to_have_value(re.compile(r"^Mum, Ben and his teacher\."))
    expect(again.get_by_label(led)).to_have_value("Ben is tired at school. He sleeps badly.")

    next_ones(worker, again, address)


def next_ones(worker: Page, teacher: Page, address: str) -> None:
    """Let both write the same answer at once: both are kept, and one of them chooses."""
    home = "Housing, employment and financial considerations: what is needed"
    for page in (worker, teacher):
        page.goto(f"{address}/part/family_environment")
    worker.get_by_label(home).fill("A bed of his own")
    expect(worker.locator("#saving")).to_contain_text("Saved at", timeout=SAVED_SECONDS * 1000)
    teacher.get_by_label(home).fill("A quiet place for homework")
    expect(teacher.locator(".jd-box__beside")).to_be_visible(timeout=SAVED_SECONDS * 1000)
    expect(teacher.locator("#writers")).to_contain_text("Writing here now")
    sound(teacher)
    teacher.locator(".jd-box__beside a").click()
    sound(teacher)
    teacher.get_by_label("Keep both").check()
    teacher.get_by_role("button", name="Keep this choice").click()
    expect(teacher.get_by_role("main")).to_contain_text("A quiet place for homework")
    worker.goto(f"{address}/part/family_environment")
    expect(worker.get_by_label(home)).to_have_value("A bed of his own\n\nA quiet place for homework")
    sound(worker)


def test_a_first_assessment_asks_few_things_and_keeps_nobody_waiting(known, contexts):
    page = signed_in(contexts[0], known["social_worker"])
    page.goto(f"/child/{known['number']}/assessments")
    waiting = Waiting(page)
    waiting.press("Begin an assessment", role="link")
    sound(page)
    waiting.press("Begin")
    sound(page)
    required = page.get_by_role("list", name="Still to be answered before it is signed").get_by_role("listitem").count()
    assert 0 < required <= 12
    waiting.press("In their own words", role="link")
    for _ in range(6):
        answer_all(page)
        sound(page)
        waiting.press("Save, and go on to")
    answer_all(page)
    waiting.press("Save, and read it all")
    sound(page)
    waiting.press("Sign it off", role="link")
    sound(page)
    waiting.press("Sign it off")
    expect(page.get_by_role("main")).to_contain_text("Signed off as version 1")
    sound(page)
    waiting.press("Version 1", role="link")
    sound(page)

    print(f"required answers: {required}; pages waited for: {waiting.pages}; seconds waited: {waiting.seconds:.1f}")
    assert waiting.seconds < 60


def answer_all(page: Page) -> None:
    """Answer everything on a page, one thing at length."""
    main = page.get_by_role("main")
    for place, box in enumerate(main.locator("textarea").all()):
        if not box.input_value():
            box.fill(
                "He said it so. " * (60 if place == 0 else 1) + "donaudampfschifffahrtsgesellschaft" * (place == 1)
            )
    for group in main.locator(".govuk-radios").all():
        group.locator("input").nth(1).check()
