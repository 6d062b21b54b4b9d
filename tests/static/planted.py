"""For each rule of tools/semgrep, what it must find and what it must leave.

Belongs here: the examples, each with the file in which it would stand where that matters. Not here: running semgrep (the test).
"""

import dataclasses

CODE = "joinedup/processes/episodes/rules.py"
PAGE = "joinedup/web/practitioner/views.py"
QUERIES = "joinedup/processes/episodes/queries.py"
SETTINGS = "joinedup/config/settings/base.py"
TEMPLATE = "joinedup/web/templates/page.jinja"
SCRIPT = "joinedup/web/static/ours.js"
GUARDED = "joinedup/exchange/opening/reader.py"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A few lines that break a rule, and a few that keep it; `left_at` is where even the bad lines are left alone."""

    bad: tuple[str, ...]
    good: tuple[str, ...]
    at: str = CODE
    left_at: str = ""


PLANTED = {
    "no-eval-or-exec": Example(
        bad=("eval(given)", "exec('x = 1')", "compile(given, 'x', 'exec')", "__import__(given)"),
        good=("re.compile('a')", "ast.literal_eval(given)"),
    ),
    "no-pickle": Example(
        bad=("import pickle", "import marshal", "import shelve", "from pickle import loads"), good=("import json",)
    ),
    "no-unsafe-yaml": Example(
        bad=(
            "yaml.load(text)",
            "yaml.load(text, Loader=yaml.Loader)",
            "yaml.unsafe_load(text)",
            "yaml.full_load(text)",
        ),
        good=("yaml.safe_load(text)",),
    ),
    "no-shell": Example(
        bad=("subprocess.run(line, shell=True)", "os.system(line)", "os.popen(line)", "subprocess.getoutput(line)"),
        good=("subprocess.run(['ls', folder], check=True)",),
    ),
    "no-raw-xml": Example(
        bad=(
            "import xml.etree.ElementTree",
            "from xml.etree import ElementTree",
            "from xml.dom import minidom",
            "from xml.parsers import expat",
            "import lxml.etree",
            "from lxml import etree",
        ),
        good=("from xml.sax.saxutils import escape",),
        left_at=GUARDED,
    ),
    "no-raw-archives": Example(
        bad=("zipfile.ZipFile(path)", "gzip.open(path)", "tarfile.open(path)", "shutil.unpack_archive(path)"),
        good=("packing.unpacked(path)", "zipfile.is_zipfile(path)"),
        left_at=GUARDED,
    ),
    "no-extract-all": Example(
        bad=("archive.extractall(folder)", "archive.extract(name)"), good=("archive.open(name)",)
    ),
    "no-raw-spreadsheets": Example(
        bad=("import openpyxl", "import python_calamine", "import pandas"), good=("import csv",), left_at=GUARDED
    ),
    "no-weak-hash": Example(
        bad=("hashlib.md5(content)", "hashlib.sha1(content)", "hashlib.new('md5')"), good=("hashlib.sha256(content)",)
    ),
    "no-weak-cipher": Example(
        bad=("modes.ECB()", "padding.PKCS1v15()", "algorithms.TripleDES(key)", "from Crypto.Cipher import AES"),
        good=("AESGCM(key).encrypt(nonce, content, None)", "Ed25519PrivateKey.generate()"),
    ),
    "no-guessable-random": Example(
        bad=("random.choice(letters)", "random.random()", "random.Random(7)", "random.randint(1, 6)"),
        good=("secrets.choice(letters)", "random.SystemRandom().choice(letters)"),
        left_at="joinedup/synthesis/streams.py",
    ),
    "no-telling-identifiers": Example(
        bad=("uuid.uuid1()", "uuid.uuid3(space, name)", "uuid.uuid5(space, name)"), good=("uuid.uuid4()", "ids.uuid7()")
    ),
    "no-secrets-compared-by-equals": Example(
        bad=("signature == given", "kept.secret != given", "user.password == given"),
        good=("hmac.compare_digest(signature, given)", "name == given", "password == again"),
    ),
    "no-clock-below-the-edge": Example(
        bad=("import datetime\ndatetime.datetime.now(datetime.UTC)", "import datetime\ndatetime.date.today()")
        + ("import time\ntime.time()", "from django.utils import timezone\ntimezone.now()"),
        good=("import datetime\ndatetime.date(2026, 3, 3)", "import time\ntime.monotonic()"),
        left_at="joinedup/foundation/clock.py",
    ),
    "no-print": Example(bad=("print('here')",), good=("console.print('here')",)),
    "no-bare-exception": Example(
        bad=("raise Exception('no')", "raise Exception", "raise BaseException()"), good=("raise EmptyCohort", "raise")
    ),
    "no-swallowed-error": Example(
        bad=(
            "try:\n    go()\nexcept Exception:\n    pass",
            "try:\n    go()\nexcept:\n    stop()",
            "import contextlib\ncontextlib.suppress(Exception)",
        ),
        good=("try:\n    go()\nexcept NoSuchChild:\n    pass",),
    ),
    "no-assert-as-a-guard": Example(bad=("assert viewer.may_look",), good=("access.require(viewer)",)),
    "no-settings-from-everywhere": Example(
        bad=("import os\nlimit = os.environ['LIMIT']", "import os\nlimit = os.getenv('LIMIT')"),
        good=("limit = settings.LIMIT",),
        left_at=SETTINGS,
    ),
    "no-outgoing-calls": Example(
        bad=(
            "import requests",
            "import httpx",
            "import urllib.request",
            "from urllib import request",
            "import smtplib",
        ),
        good=("import urllib.parse", "from urllib import parse"),
    ),
    "no-endless-call": Example(
        bad=("import requests\nrequests.get(url)", "httpx.post(url, data=x)", "socket.create_connection(where)"),
        good=("import requests\nrequests.get(url, timeout=5)", "socket.create_connection(where, timeout=5)"),
    ),
    "no-unproved-certificate": Example(
        bad=(
            "fetch(url, verify=False)",
            "context.check_hostname = False",
            "import ssl\ncontext.verify_mode = ssl.CERT_NONE",
        ),
        good=("fetch(url, verify=True)",),
    ),
    "no-guessable-temporary-file": Example(
        bad=("import tempfile\ntempfile.mktemp()", "open('/tmp/x')", "import pathlib\npathlib.Path('/tmp/x')"),
        good=("import tempfile\ntempfile.mkstemp()", "open('kept')"),
    ),
    "no-open-permissions": Example(
        bad=("path.chmod(0o666)", "path.chmod(0o640)", "import os\nos.chmod(path, 0o777)", "import os\nos.umask(0)"),
        good=("path.chmod(0o600)", "path.chmod(0o700)", "import os\nos.umask(0o077)"),
    ),
    "no-sql-put-together": Example(
        bad=(
            "cursor.execute(f\"SELECT * FROM t WHERE name = '{name}'\")",
            "cursor.execute(\"SELECT * FROM t WHERE name = '%s'\" % name)",
            'cursor.execute("SELECT * FROM t WHERE name = " + name)',
            'cursor.execute("SELECT * FROM {}".format(table))',
        ),
        good=('cursor.execute("SELECT * FROM t WHERE name = %s", [name])', "cursor.execute(_QUERY, [name])"),
        left_at="joinedup/foundation/database/secure.py",
    ),
    "no-raw-queries": Example(
        bad=("Plan.objects.raw('SELECT 1')", "rows.extra(where=['1=1'])", "RawSQL('x', [])"),
        good=("plans.filter(pk=1)",),
        at=QUERIES,
    ),
    "no-search-by-pattern": Example(
        bad=("rows.filter(name__icontains=given)", "rows.exclude(name__startswith=given)", "Q(name__iregex=given)")[:2],
        good=("rows.filter(name__gte=first, name__lt=last)", "rows.filter(number__in=numbers)"),
        at=QUERIES,
    ),
    "no-like-in-sql": Example(
        bad=("_Q = 'SELECT 1 FROM t WHERE name LIKE %s'", "_Q = \"SELECT 1 FROM t WHERE name ILIKE 'a%'\""),
        good=("_Q = 'SELECT 1 FROM t WHERE name >= %s AND name < %s'", "# it looks LIKE this"),
        at=QUERIES,
    ),
    "no-children-asked-outside-queries": Example(
        bad=("models.Child.objects.all()", "models.Plan.objects.filter(pk=1)"),
        good=("people_queries.get_child(viewer=viewer)",),
        left_at=QUERIES,
    ),
    "no-tables-in-pages": Example(
        bad=("Child.objects.all()", "from django.db import connection\nconnection.cursor()"),
        good=("auth.get_user_model().objects.get(pk=1)", "childindex_queries.get_child_page(viewer=viewer)"),
        at=PAGE,
        left_at=QUERIES,
    ),
    "no-everything-of-a-row": Example(
        bad=(
            "model_to_dict(child)",
            "vars(child)",
            "from django.core import serializers\nserializers.serialize('json', x)",
        ),
        good=("ChildCard(name=child.name)",),
        at=PAGE,
    ),
    "no-form-from-a-table": Example(
        bad=(
            "class Edit(forms.ModelForm):\n    x = 1",
            "class Meta:\n    fields = '__all__'",
            "Plan(**request.POST)",
            "Plan.objects.create(**form.cleaned_data)",
        ),
        good=("class Edit(forms.Form):\n    x = 1", "class Meta:\n    fields = ('name',)"),
        at=QUERIES,
    ),
    "no-person-in-a-log": Example(
        bad=(
            "log.info('found %s', child.family_name)",
            "_log.error('no %s', request.POST)",
            "logging.warning('x %s', nhs_number)",
            "logger.exception('x %s', card)",
        ),
        good=("_log.error('nobody found by name')", "_log.error('batch %s', batch_id)", "cards.info('x', name)"),
    ),
    "no-log-put-together": Example(
        bad=(
            "_log.error(f'no {thing}')",
            "_log.error('no %s' % thing)",
            "logging.info('no ' + thing)",
            "log.info(str(e))",
        ),
        good=("_log.error('no %s', thing)",),
    ),
    "no-words-of-an-error": Example(
        bad=(
            "import traceback\ntraceback.format_exc()",
            "_log.error('failed %s', str(error))",
            "_log.error('x', repr(error))",
        ),
        good=("_log.error('failed', exc_info=error)", "import traceback\ntraceback.extract_tb(error.__traceback__)"),
    ),
    "no-words-passed-as-safe": Example(
        bad=("mark_safe(words)", "format_html('<b>{}</b>', words)", "from markupsafe import Markup\nMarkup(words)"),
        good=("escape(words)",),
        at=PAGE,
    ),
    "no-html-by-hand": Example(
        bad=('page = f"<p>{name}</p>"', "page = f'see <a href={where}>here</a>'"),
        good=('page = f"{name} is less than {age}"', 'words = "<b> is bold"'),
        at=PAGE,
    ),
    "no-page-without-escaping": Example(
        bad=(
            "import jinja2\njinja2.Environment()",
            "import jinja2\njinja2.Environment(autoescape=False)",
            "import jinja2\njinja2.Template(text)",
            "environment.from_string(text)",
        ),
        good=("import jinja2\njinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)",),
        at="joinedup/web/jinja.py",
    ),
    "no-safe-filter": Example(
        bad=("<p>{{ name|safe }}</p>", "<p>{{ name | safe }}</p>", "{% autoescape false %}"),
        good=("<p>{{ name }} is safe</p>",),
        at=TEMPLATE,
    ),
    "no-script-or-style-in-a-page": Example(
        bad=("<script>go()</script>", '<p style="color: red">', '<a onclick="go()">', '<a href="javascript:go()">'),
        good=("<script src=\"{{ static('start.js') }}\"></script>", "<p>Her style is plain</p>"),
        at=TEMPLATE,
    ),
    "no-part-from-elsewhere": Example(
        bad=('<script src="https://cdn.example/x.js"></script>', '<img src="//x.example/y.png">', "<iframe></iframe>"),
        good=('<a href="https://www.gov.uk/">GOV.UK</a>', "<img src=\"{{ static('joinedup.svg') }}\">"),
        at=TEMPLATE,
    ),
    "no-form-without-token": Example(
        bad=('<form method="post" action="/x"><button>Go</button></form>',),
        good=(
            '<form method="post" action="/x">{{ csrf_input }}<button>Go</button></form>',
            '<form method="get"></form>',
        ),
        at=TEMPLATE,
    ),
    "no-dangerous-script": Example(
        bad=("part.innerHTML = given;", "eval(given);", "localStorage.setItem('a', given);", "window.ours = 1;")
        + ("document.cookie;", 'window.addEventListener("message", go);', "document.write(given);"),
        good=("part.textContent = given;", 'document.addEventListener("htmx:load", go);', "const ours = new Map();"),
        at=SCRIPT,
    ),
    "no-csrf-exemption": Example(
        bad=("@csrf_exempt\ndef view(request):\n    pass", "view.csrf_exempt = True"),
        good=("def view(request):\n    pass",),
        at=PAGE,
    ),
    "no-request-outside-its-transaction": Example(
        bad=("@transaction.non_atomic_requests\ndef view(request):\n    pass", "transaction.commit()"),
        good=("@transaction.atomic\ndef view(request):\n    pass",),
        at=PAGE,
    ),
    "no-streamed-answer": Example(
        bad=("StreamingHttpResponse(rows)", "FileResponse(kept)"), good=("HttpResponse(rows)",), at=PAGE
    ),
    "no-open-redirect": Example(
        bad=("redirect(request.GET['next'])", "redirect(request.POST.get('next'))", "HttpResponseRedirect(address)"),
        good=("redirect('home')", "redirect(next_href if is_ours else reverse('home'))"),
        at=PAGE,
    ),
    "no-naked-cookie": Example(
        bad=("answer.set_cookie('a', 'b')", "answer.set_cookie('a', 'b', secure=True)"),
        good=("answer.set_cookie('a', 'b', secure=True, httponly=True, samesite='Lax')",),
        at=PAGE,
    ),
    "no-finding-faults-in-the-open": Example(bad=("DEBUG = True",), good=("DEBUG = False",), at=SETTINGS),
    "no-weaker-cookies": Example(
        bad=("SESSION_COOKIE_HTTPONLY = False", "CSRF_COOKIE_SECURE = False", "ALLOWED_HOSTS = ['*']"),
        good=("SESSION_COOKIE_SECURE = True", "ALLOWED_HOSTS = ['localhost']"),
        at=SETTINGS,
    ),
    "no-session-with-objects": Example(
        bad=(
            "SESSION_SERIALIZER = 'django.contrib.sessions.serializers.PickleSerializer'",
            "SESSION_ENGINE = 'django.contrib.sessions.backends.signed_cookies'",
        ),
        good=("SESSION_ENGINE = 'django.contrib.sessions.backends.db'",),
        at=SETTINGS,
    ),
    "no-sender-believed": Example(
        bad=(
            "request.META['HTTP_X_FORWARDED_FOR']",
            "request.headers.get('X-Real-IP')",
            "request.headers['X-User-ID']",
        ),
        good=("request.headers.get('HX-Request')", "request.viewer"),
        at=PAGE,
    ),
    "no-waiting-in-a-page": Example(bad=("import time\ntime.sleep(1)",), good=("jobs.load.defer()",), at=PAGE),
    "no-file-named-by-a-request": Example(
        bad=("open(request.GET['name'])", "import pathlib\npathlib.Path(upload.name)", "folder / upload.name"),
        good=("import pathlib\npathlib.Path(upload.temporary_file_path())",),
        at=PAGE,
    ),
    "no-pattern-from-a-request": Example(
        bad=("re.search(request.GET['q'], text)", "re.compile(form.cleaned_data['q'])"),
        good=("re.search('[0-9]+', request.GET['q'])",),
        at=PAGE,
    ),
}
