"""Every page, in every state, is sound on a wide screen and a narrow one: axe, reflow, a strict content policy, titles."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page

from tests.journeys import accessible, rendering, screens

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

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


@pytest.fixture(scope="module")
def window(chromium) -> Iterator[Page]:
    """One window for all pages: opening one for each took longer than most pages."""
    made = chromium.new_page(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def complaints(window) -> Iterator[list[str]]:
    """What the browser complains of while the test runs."""
    said: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    def on_error(error: Error) -> None:
        said.append(str(error))

    window.on("console", on_console)
    window.on("pageerror", on_error)
    yield said
    window.remove_listener("console", on_console)
    window.remove_listener("pageerror", on_error)


@pytest.mark.parametrize("name", sorted(screens.screens()))
def test_a_page_is_sound(window, pages, complaints, name):
    for width in (1280, 320):
        window.set_viewport_size({"width": width, "height": 900})
        window.goto(f"{pages}/{name}.html")

        assert not (faults := accessible.faults_of(window)), faults
        assert accessible.too_wide_px(window) <= 0, f"wider than a screen of {width} px"
    assert not complaints


def test_a_page_needs_no_script(chromium, pages):
    page = chromium.new_context(java_script_enabled=False).new_page()

    page.goto(f"{pages}/child.html")

    page.get_by_text("Who helped before").click()
    assert page.get_by_role("heading", name="Parent and baby swimming").is_visible()
    assert page.get_by_role("button", name="Filter").is_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_page_itself(window, pages):
    window.goto(f"{pages}/home.html")

    window.keyboard.press("Tab")

    assert window.evaluate("document.activeElement.getAttribute('href')") == "#main-content"


@pytest.mark.parametrize("name", sorted(screens.screens()))
def test_a_title_says_where_we_are_and_nothing_of_anyone(name):
    template, context = screens.screens()[name]

    html = rendering.environment().get_template(template).render(csrf_input=rendering.CSRF_INPUT, **context)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)

    assert title
    assert title[1].endswith(" – Joinedup")
    assert not re.search("Ahmed|Nowak|Katarzyna|Wilhelmina", title[1])
