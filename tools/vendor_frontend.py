"""Build the front end that Joinedup carries with it, so that nobody who installs it needs Node.

Belongs here: fetching the pinned packages, compiling the style sheet without GOV.UK's own marks and face, writing checksums.
Not here: our own style sheet and templates (src/joinedup/web).

Run by a maintainer, with Node and npm at hand, when a version changes: `python tools/vendor_frontend.py`.
"""

import hashlib
import pathlib
import re
import shutil
import subprocess
import tempfile

PACKAGES = {
    "govuk-frontend": "6.6.0",
    "htmx.org": "2.0.11",
    "@fontsource/atkinson-hyperlegible-next": "5.3.0",
    "sass": "1.108.2",
}

ROOT = pathlib.Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src" / "joinedup" / "web" / "static" / "vendor"
CHECKSUMS = "SHA256SUMS"

#: Left out: `header` and `footer` draw the crown and the crest; `cookie-banner` and `exit-this-page` have no use here.
COMPONENTS = (
    "back-link",
    "breadcrumbs",
    "button",
    "checkboxes",
    "date-input",
    "details",
    "error-message",
    "error-summary",
    "fieldset",
    "file-upload",
    "hint",
    "input",
    "inset-text",
    "label",
    "notification-banner",
    "pagination",
    "panel",
    "phase-banner",
    "radios",
    "select",
    "service-navigation",
    "skip-link",
    "summary-list",
    "table",
    "tag",
    "textarea",
    "warning-text",
)

#: One deep teal in the places where GOV.UK has its blue.
SETTINGS = """@use "govuk-frontend/dist/govuk/base" with (
  $govuk-font-family: ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible", verdana, arial, sans-serif),
  $govuk-font-family-print: ("Atkinson Hyperlegible Next", "Atkinson Hyperlegible", verdana, arial, sans-serif),
  $govuk-assets-path: "/static/vendor/",
  $govuk-functional-colours: (
    "brand": #0b5a5e,
    "link": #0a5459,
    "link-hover": #052f32,
    "template-background": #eef5f4,
    "surface-background": #eef5f4,
    "surface-border": #9dc3c1,
  ),
);
"""

FACES = tuple((subset, weight) for subset in ("latin", "latin-ext") for weight in (400, 700))


def main() -> None:
    """Rebuild the vendored folder from the pinned packages."""
    with tempfile.TemporaryDirectory() as folder:
        workshop = pathlib.Path(folder)
        install(workshop)
        shutil.rmtree(VENDOR, ignore_errors=True)
        (VENDOR / "fonts").mkdir(parents=True)
        compile_styles(workshop)
        copy_scripts(workshop / "node_modules")
        copy_faces(workshop / "node_modules")
    write_checksums()


def install(workshop: pathlib.Path) -> None:
    """Fetch the pinned packages, running none of their install scripts."""
    (workshop / "package.json").write_text("{}")
    wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
    subprocess.run(
        ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", *wanted], cwd=workshop, check=True
    )


def compile_styles(workshop: pathlib.Path) -> None:
    """Compile the chosen parts of GOV.UK Frontend into one style sheet."""
    govuk = "govuk-frontend/dist/govuk"
    parts = ["core", "objects", *(f"components/{name}" for name in COMPONENTS), "utilities", "overrides"]
    sheet = workshop / "in.scss"
    sheet.write_text(SETTINGS + "".join(f'@use "{govuk}/{part}";\n' for part in parts))
    subprocess.run(
        [
            *("npx", "--no-install", "sass", "--no-source-map", "--style=compressed", "--load-path=node_modules"),
            *(str(sheet), str(VENDOR / "govuk-frontend.min.css")),
        ],
        cwd=workshop,
        check=True,
    )


def copy_scripts(packages: pathlib.Path) -> None:
    """Copy the two scripts, without the pointers to source maps that we do not carry."""
    for source, name in (
        ("govuk-frontend/dist/govuk/govuk-frontend.min.js", "govuk-frontend.min.js"),
        ("htmx.org/dist/htmx.min.js", "htmx.min.js"),
    ):
        script = (packages / source).read_text(encoding="utf-8")
        (VENDOR / name).write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", script), encoding="utf-8")


def copy_faces(packages: pathlib.Path) -> None:
    """Copy the face in the two weights that the pages use, with its licence."""
    face = packages / "@fontsource" / "atkinson-hyperlegible-next"
    for subset, weight in FACES:
        shutil.copy(face / "files" / f"atkinson-hyperlegible-next-{subset}-{weight}-normal.woff2", VENDOR / "fonts")
    shutil.copy(face / "LICENSE", VENDOR / "fonts" / "OFL.txt")


def write_checksums() -> None:
    """Write one line a file, in the form that `sha256sum --check` reads."""
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(VENDOR).as_posix()}\n" for path in files
    ]
    (VENDOR / CHECKSUMS).write_text("".join(lines))


if __name__ == "__main__":
    main()
