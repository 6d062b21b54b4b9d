"""The evidence of two records in the form in which it is kept with a link or a question.

Belongs here: that form, which needs no more of the engine. Not here: weighing (linkage), the rows (reviewing, placing).
"""

from joinedup.processes.childindex.linkage import explain as linkage_explain


def as_json(edge: dict[str, object]) -> dict[str, object]:
    """Return the evidence of two records in the form in which it is kept."""
    explained = linkage_explain.explain(edge)
    return {
        "weight": explained.weight,
        "prior": explained.prior,
        "words": explained.words,
        "fields": [
            {"name": field.name, "level": field.level, "words": field.words, "bits": field.bits}
            for field in explained.fields
        ],
    }
