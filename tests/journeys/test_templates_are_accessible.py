"""Every page, in every state, is sound on a wide screen and a narrow one: axe, reflow, a strict content policy, titles."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys import rendering, screens

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.journey


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the rendered pages under the policy that the product sends."""

    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pages")
    rendering.render_all(folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    made = chromium.new_page(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.mark.parametrize("name", sorted(screens.screens()))
def test_a_page_is_sound(page, pages, name):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{pages}/{name}.html")
        found = Axe().run(page, options={"runOnly": RULES})
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

        assert found.violations_count == 0, found.generate_report()
        assert too_wide <= 0, f"{too_wide} px wider than a screen of {width} px"
    assert not complaints


def test_a_page_needs_no_script(chromium, pages):
    page = chromium.new_context(java_script_enabled=False).new_page()

    page.goto(f"{pages}/child.html")

    page.get_by_text("Who helped before").click()
    assert page.get_by_role("heading", name="Parent and baby swimming").is_visible()
    assert page.get_by_role("button", name="Filter").is_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_page_itself(page, pages):
    page.goto(f"{pages}/home.html")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"


@pytest.mark.parametrize("name", sorted(screens.screens()))
def test_a_title_says_where_we_are_and_nothing_of_anyone(name):
    template, context = screens.screens()[name]

    html = rendering.environment().get_template(template).render(csrf_input=rendering.CSRF_INPUT, **context)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)

    assert title
    assert title[1].endswith(" – Joinedup")
    assert not re.search("Ahmed|Nowak|Katarzyna|Wilhelmina", title[1])
