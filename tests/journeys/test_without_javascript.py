"""Everything works where no JavaScript runs."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import borough

pytestmark = pytest.mark.journey


def test_a_child_is_found_and_read_without_javascript(plain_page: Page):
    child = borough.a_patient()
    plain_page.goto("/")
    plain_page.get_by_role("button", name="Sign in as Ffion Adair").click()
    plain_page.get_by_role("link", name="Find a child").first.click()
    plain_page.locator("[name=number]").fill(child["number"])
    plain_page.get_by_role("main").get_by_role("button", name="Find").click()

    plain_page.locator(".jd-found__name a").first.click()

    expect(plain_page.get_by_role("heading", level=1)).to_contain_text(child["family"])
    expect(plain_page.get_by_role("heading", name="Who is helping")).to_be_visible()


def test_a_file_is_previewed_without_javascript(plain_page: Page):
    plain_page.goto("/")
    plain_page.get_by_role("button", name="Sign in as Imran Castell").click()
    plain_page.goto("/files")
    content = {"name": "plain.csv", "mimeType": "text/csv", "buffer": borough.a_spoilt_club_file()}
    plain_page.locator("input[type=file]").set_input_files(content)
    plain_page.get_by_label("Which agency sent it?").select_option(label="Northshire Leisure Trust")

    plain_page.get_by_role("button", name="Preview").click()

    expect(plain_page.get_by_role("main")).to_contain_text("nothing has been loaded yet")
