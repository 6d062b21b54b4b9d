"""The hard words that ship, with what they mean in plain ones.

Belongs here: where the file lies. Not here: finding them in a text (rules).
"""

import functools
from collections.abc import Mapping
from importlib import resources

import yaml


@functools.cache
def hard_words() -> Mapping[str, str]:
    """Return what each hard word means, by the word in small letters."""
    ours = resources.files("joinedup.processes.participation") / "reference" / "hard_words.yaml"
    given = yaml.safe_load(ours.read_text(encoding="utf-8"))
    return {str(word).lower(): str(means) for word, means in given["words"].items()}
