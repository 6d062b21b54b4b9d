"""Render every screen made by hand to a folder of static pages: `python -m tests.journeys.rendering FOLDER`, then serve it."""

import pathlib
import shutil
import sys

import jinja2
from markupsafe import Markup

from joinedup.web import jinja
from tests.journeys import screens

STATIC = pathlib.Path(jinja.__file__).parent / "static"
CSRF_INPUT = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="a">')


def environment() -> jinja2.Environment:
    """The product's own environment; only the address of static files is plain, for there is no site behind these pages."""
    made = jinja.environment()
    made.globals["static"] = lambda path: f"/static/{path}"
    return made


def render_all(folder: pathlib.Path) -> list[str]:
    pages = environment()
    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    names = []
    for name, (template, context) in screens.screens().items():
        html = pages.get_template(template).render(csrf_input=CSRF_INPUT, **context)
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
        names.append(name)
    return names


if __name__ == "__main__":
    where = pathlib.Path(sys.argv[1])
    where.mkdir(parents=True, exist_ok=True)
    print("\n".join(render_all(where)))
