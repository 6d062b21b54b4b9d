"""Write the OpenAPI document of the API into the reference, where a test holds it to what is served.

Run: .venv/bin/python tools/write_openapi.py
"""

import os
import pathlib

PLACE = pathlib.Path(__file__).resolve().parents[1] / "docs" / "reference" / "openapi.json"


def main() -> None:
    """Write it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "joinedup.config.settings.test")
    import django

    django.setup()
    from joinedup.api import v1

    PLACE.write_text(v1.document(), encoding="utf-8")


if __name__ == "__main__":
    main()
