"""What is too large is refused before it is read, and what is taken leaves nothing behind but what is kept on purpose."""

import io
import pathlib
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from joinedup.web import bodies
from tests.integration.security import walking
from tests.integration.web import visiting

pytestmark = pytest.mark.usefixtures("borough")

MEGABYTE = 1024 * 1024
GOOD = b"Child Reference,Given Name,Family Name,Date of Birth\r\n1,Ann,Lee,01/02/2015\r\n"
NAMES = [
    "../../etc/passwd.csv",
    "..\\..\\boot.csv",
    "/etc/cron.d/joinedup.csv",
    "a\r\nSet-Cookie: x=y.csv",
    'a";filename="b.csv',
    "<script>alert(1)</script>.csv",
    "$(touch x).csv",
    "=cmd|' /C calc'!A0.csv",
    "a." + "b" * 240,
    "\u202evsc.exe",
    "CON.csv",
]


class Unread(io.BytesIO):
    """A body of any length that must not be asked for a byte."""

    def read(self, *given: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.fixture
def waiting(settings, monkeypatch, tmp_path) -> pathlib.Path:
    """The folder in which uploads wait and archives are unpacked."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def post_unread(client: Client, path: str, size_bytes: int, kind: str = "multipart/form-data; boundary=x"):
    return client.generic("POST", path, b"", kind, **{"CONTENT_LENGTH": str(size_bytes), "wsgi.input": Unread()})


def upload(client: Client, name: str, content: bytes):
    return client.post("/files", {"agency": "", "file": SimpleUploadedFile(name, content)})


class TestTooLarge:
    @pytest.mark.parametrize("role", ["analyst", "social_worker", ""])
    @pytest.mark.parametrize(
        "kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/csv"]
    )
    def test_no_address_reads_what_is_larger_than_it_takes(self, addresses, settings, role, kind):
        visitor = visiting.sign_in(Client(), role) if role else Client()
        for address in addresses:
            before = walking.written()
            answer = post_unread(visitor, address, settings.UPLOAD_LIMIT_BYTES + MEGABYTE, kind)

            assert answer.status_code == 413, address
            if walking.is_of_the_api(address):
                assert answer["Content-Type"] == "application/problem+json", address
                assert answer.json()["type"] == "urn:joinedup:problem:too-large", address
            else:
                assert "That was too much to send at once" in answer.content.decode()
                assert "was not read" in answer.content.decode()
            assert walking.written_besides(before, *walking.MAY_WRITE) == set()

    def test_whose_work_is_not_files_may_send_a_form_and_no_more(self, worker, settings):
        answer = post_unread(worker, "/files", settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)

        assert answer.status_code == 413
        assert "at most 2 megabytes" in answer.content.decode()

    def test_whose_work_it_is_may_send_a_file(self, analyst, settings):
        allowed = upload(analyst, "unknown.csv", b"a,b\n" + b"1,2\n" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 3))

        assert allowed.status_code == 422
        assert "That was too much" not in allowed.content.decode()

    def test_the_limit_is_the_settings(self, analyst, settings):
        settings.UPLOAD_LIMIT_BYTES = 3 * MEGABYTE

        assert "at most 3 megabytes" in post_unread(analyst, "/files", 4 * MEGABYTE).content.decode()

    def test_a_file_just_over_the_limit_is_named_on_its_form(self, analyst, settings):
        settings.UPLOAD_LIMIT_BYTES = MEGABYTE

        answer = upload(analyst, "a.csv", b"x" * (MEGABYTE + 10))

        assert answer.status_code == 422
        assert "Choose a file of at most 1 megabytes" in answer.content.decode()

    @pytest.mark.parametrize("said", ["", "x", "-1", "1e9", "\u0663"])
    def test_a_size_that_is_no_number_is_none(self, said):
        request = RequestFactory().post("/files")
        request.META["CONTENT_LENGTH"] = said

        assert bodies.BodyLimit(None).process_view(request, lambda _: None, (), {}) is None

    @pytest.mark.parametrize(("role", "path"), [("social_worker", "/find"), ("", "/sign-in"), ("analyst", "/files")])
    def test_more_fields_than_any_form_of_ours_has_are_refused(self, role, path):
        visitor = visiting.sign_in(Client(), role) if role else Client()
        answer = visitor.post(path, {f"field-{at}": "x" for at in range(200)})

        assert answer.status_code == 413
        assert "That was too much to send at once" in answer.content.decode()

    def test_more_files_than_one_are_refused(self, analyst, waiting):
        many = {f"file-{at}": SimpleUploadedFile(f"{at}.csv", GOOD) for at in range(3)}

        assert analyst.post("/files", many).status_code == 413
        assert list(waiting.iterdir()) == []


class TestNothingIsLeftBehind:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("unknown.csv", b"a,b\n1,2\n"),
            ("broken.zip", b"PK\x03\x04" + b"x" * 2_000),
            ("broken.gz", b"\x1f\x8bxxxx"),
            ("old.xls", b"\xd0\xcf\x11\xe0" + b"x" * 600),
        ],
    )
    def test_by_a_file_that_is_refused(self, analyst, waiting, name, content):
        assert upload(analyst, name, content).status_code == 422
        assert list(waiting.iterdir()) == []

    def test_by_a_form_that_breaks_off(self, analyst, waiting):
        begun = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' + b"y" * 200_000

        answer = analyst.generic("POST", "/files", begun, "multipart/form-data; boundary=x")

        assert answer.status_code in {400, 422}
        assert list(waiting.iterdir()) == []

    def test_by_a_form_that_is_not_ours(self, analyst, waiting):
        stranger = Client(enforce_csrf_checks=True)
        stranger.cookies = analyst.cookies

        assert upload(stranger, "a.csv", GOOD * 1000).status_code == 400
        assert list(waiting.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_data_and_never_a_path_a_header_or_a_script(analyst, waiting, name):
    answer = upload(analyst, name, b"a,b\n1,2\n")

    assert answer.status_code == 422
    assert list(waiting.iterdir()) == []
    assert b"<script>alert" not in answer.content
    assert "Set-Cookie: x" not in str(answer.headers)


@pytest.mark.parametrize("name", NAMES)
def test_an_upload_waits_under_a_name_of_ours(waiting, name):
    handler = bodies.NamelessUploads()
    handler.new_file("file", name, "text/csv", 3)
    handler.receive_data_chunk(b"a,b", 0)
    kept = pathlib.Path(handler.file.temporary_file_path())

    assert kept.parent == waiting
    assert kept.name.endswith(".upload")
    assert kept.stat().st_mode & 0o077 == 0
    handler.upload_interrupted()
    assert list(waiting.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"<html><script>alert(1)</script></html>", b"\x89PNG\r\n\x1a\n", b"MZ\x90\x00", b"%PDF-1.7"]
)
@pytest.mark.parametrize("name", ["onroll.csv", "cin.xml"])
def test_a_file_is_judged_by_what_is_in_it_and_not_by_its_name(analyst, content, name):
    answer = upload(analyst, name, content * 20)

    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
