"""Takes the pictures of the main pages that the documentation shows, from a demonstration that is running.

Belongs here: walking the pages and keeping pictures in docs/images. Not here: what the pages hold.
Run: .venv/bin/python tools/take_screenshots.py [ADDRESS], with Chromium installed and `make demo` running.
"""

import csv
import os
import pathlib
import sys

from playwright.sync_api import Page, sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTH = 1280
HEIGHT = 1150


def a_child_whom_several_help() -> dict[str, str]:
    """Return a child of the borough with an open plan, as the council's own list names them."""
    folders = sorted(pathlib.Path(os.environ.get("JOINEDUP_DATA", ROOT / ".data")).glob("borough-*/social_care"))
    with (folders[0] / "social_care_children.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["given_name"] and row["upn"] and not row["involved_to"]]
    specialist = [row for row in rows if row["level"] == "specialist"]
    return (specialist or rows)[0]


def keep(page: Page, name: str) -> None:
    """Keep a picture of what the screen shows."""
    page.wait_for_load_state()
    page.screenshot(path=IMAGES / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of the people of the demonstration."""
    page.goto("/")
    page.get_by_role("button", name=f"Sign in as {name}").click()
    page.wait_for_load_state()


def say_why(page: Page) -> None:
    """Give a reason where the page asks for one, as it does of a child who is somebody else's."""
    page.wait_for_load_state()
    if page.get_by_role("heading", name="Why are you looking?").is_visible():
        page.get_by_label("An assessment is being made").check()
        page.get_by_role("button", name="Open the page").click()
        page.wait_for_load_state()


def walk(page: Page) -> None:
    """Walk the main pages and keep each."""
    child = a_child_whom_several_help()
    page.goto("/")
    keep(page, "sign-in")
    sign_in(page, "Rukhsana Peel")
    keep(page, "home")
    page.goto("/find")
    page.locator("[name=name]").fill(f"{child['given_name']} {child['family_name']}")
    keep(page, "find")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    keep(page, "found")
    page.goto("/find")
    page.locator("[name=number]").fill(child["upn"])
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.locator(".jd-found__name a").first.click()
    say_why(page)
    keep(page, "child-page")
    page.locator("a[href*='/record/']").first.click()
    keep(page, "source-record")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "Imran Castell")
    page.goto("/files")
    keep(page, "files")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "Marcus Vane")
    page.goto("/help")
    keep(page, "ask-for-help")
    page.goto("/in-basket")
    keep(page, "in-basket")
    page.goto("/lost?list=left_roll")
    keep(page, "nobody-lost")


def main() -> None:
    """Take all pictures."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(base_url=address, viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
        walk(context.new_page())
        browser.close()


if __name__ == "__main__":
    main()
