"""A file with faults is brought in, the reasons are read, the batch is undone."""

import csv
import io

from playwright.sync_api import expect

from tests.journeys import borough
from tests.journeys.journey import Journey

LOAD_SECONDS = 60


class TestBringingInAFileWithFaults(Journey):
    def test_an_analyst_reads_the_reasons_loads_the_good_rows_and_takes_them_back(self):
        self.given_i_am_signed_in_as("Imran Castell")
        self.when_i_choose_a_file_with_three_spoilt_rows()
        self.then_i_see("nothing has been loaded yet")
        self.and_i_see_each_reason_with_its_line()
        self.when_i_load_it()
        self.then_it_is_loaded_with_rows_refused()
        self.and_i_can_download_the_refused_rows_with_their_reasons()
        self.when_i_undo_it()
        self.then_it_says_undone()

    def test_a_file_that_is_none_of_ours_is_refused_in_plain_words(self):
        self.given_i_am_signed_in_as("Imran Castell")
        self.page.goto("/files")
        self.choose("holiday.txt", b"Dear all, here are the photographs.")
        self.page.get_by_role("button", name="Preview").click()
        expect(self.page.get_by_role("alert")).to_contain_text("is not a file we know")
        self.and_the_page_is_accessible()

    def choose(self, name: str, content: bytes) -> None:
        chosen = {"name": name, "mimeType": "text/csv", "buffer": content}
        self.page.locator("input[type=file]").set_input_files(chosen)
        self.page.get_by_label("Which agency sent it?").select_option(label="Northshire Leisure Trust")

    def when_i_choose_a_file_with_three_spoilt_rows(self) -> None:
        self.page.get_by_role("link", name="Bring in files").first.click()
        self.and_the_page_is_accessible()
        self.choose("autumn-sessions.csv", borough.a_spoilt_club_file())
        self.page.get_by_role("button", name="Preview").click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def and_i_see_each_reason_with_its_line(self) -> None:
        for line in ("6", "11", "16"):
            expect(
                self.page.get_by_role("main")
                .get_by_role("cell", name=line, exact=True)
                .or_(self.page.get_by_role("main").get_by_role("rowheader", name=line, exact=True))
                .first
            ).to_be_visible()
        self.then_i_see("session_date")

    def when_i_load_it(self) -> None:
        self.page.get_by_role("button", name="Load").click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()

    def then_it_is_loaded_with_rows_refused(self) -> None:
        for _ in range(LOAD_SECONDS):
            self.page.reload()
            if self.page.get_by_role("link", name="Undo this file").count():
                break
            self.page.wait_for_timeout(1_000)
        expect(
            self.page.get_by_role("button", name="Undo this file")
            .or_(self.page.get_by_role("link", name="Undo this file"))
            .first
        ).to_be_visible()
        self.and_the_page_is_accessible()

    def and_i_can_download_the_refused_rows_with_their_reasons(self) -> None:
        with self.page.expect_download() as waiting:
            self.page.locator("a[href$='/refused']").first.click()
        rows = list(csv.reader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
        assert [row[0] for row in rows[1:]] == ["6", "11", "16"]

    def when_i_undo_it(self) -> None:
        self.page.get_by_role("button", name="Undo this file").or_(
            self.page.get_by_role("link", name="Undo this file")
        ).first.click()
        self.page.wait_for_load_state()
        self.and_the_page_is_accessible()
        self.page.get_by_role("main").get_by_role("button", name="Undo this file").click()
        self.page.wait_for_load_state()

    def then_it_says_undone(self) -> None:
        undone = self.page.get_by_role("main").get_by_text("Undone", exact=True).first
        for _ in range(LOAD_SECONDS):
            if undone.count():
                break
            self.page.wait_for_timeout(1_000)
            self.page.reload()
        expect(undone).to_be_visible()
        self.and_the_page_is_accessible()
