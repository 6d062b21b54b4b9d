"""The frameworks in force here: those that ship, or a trust's own file.

Belongs here: where the file lies. Not here: what it may say (rules).
"""

import functools
import pathlib
from importlib import resources

import yaml

from joinedup.outcomes.framework import rules


@functools.cache
def frameworks(path: pathlib.Path | None = None) -> tuple[rules.Framework, ...]:
    """Return the frameworks that ship, or those of a file.

    Errors: UnreadableFramework; OSError when the file cannot be read.
    """
    ours = resources.files("joinedup.outcomes.framework") / "reference" / "frameworks.yaml"
    text = path.read_text(encoding="utf-8") if path else ours.read_text(encoding="utf-8")
    try:
        return rules.read_frameworks(yaml.safe_load(text))
    except yaml.YAMLError as fault:
        raise rules.UnreadableFramework(f"{path or 'frameworks.yaml'} is no YAML: {fault}") from None
