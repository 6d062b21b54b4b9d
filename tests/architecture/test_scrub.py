"""Every field is either scrubbed or named safe before a copy of the database leaves the house; none is in neither list."""

import types

from django.apps import apps


def unclassified(model: type) -> list[str]:
    """Name what is wrong with a model's Scrub: absent, a field in no list or in both, or a name that is no field."""
    scrub = model.__dict__.get("Scrub")
    if scrub is None:
        return [f"{model.__name__} has no Scrub"]
    columns = (*model._meta.local_fields, *model._meta.local_many_to_many)
    fields = {field.name for field in columns if field.concrete}
    scrubbed, safe = set(scrub.scrub), set(scrub.safe)
    return [
        *(f"{model.__name__}.{name} is neither scrubbed nor safe" for name in sorted(fields - scrubbed - safe)),
        *(f"{model.__name__}.{name} is both scrubbed and safe" for name in sorted(scrubbed & safe)),
        *(f"{model.__name__}.{name} is no field" for name in sorted((scrubbed | safe) - fields)),
    ]


def test_every_field_is_scrubbed_or_safe():
    ours = [model for model in apps.get_models() if model.__module__.startswith("joinedup.")]

    assert ours
    assert [fault for model in ours for fault in unclassified(model)] == []


def planted(**lists: object) -> type:
    columns = [types.SimpleNamespace(name=name, concrete=True) for name in ("id", "name")]
    meta = types.SimpleNamespace(local_fields=columns, local_many_to_many=[])
    return type("Child", (), {"_meta": meta, **({"Scrub": types.SimpleNamespace(**lists)} if lists else {})})


def test_a_model_without_a_scrub_would_be_seen():
    assert unclassified(planted()) == ["Child has no Scrub"]


def test_a_forgotten_field_would_be_seen():
    assert unclassified(planted(scrub={}, safe={"id"})) == ["Child.name is neither scrubbed nor safe"]


def test_a_field_in_both_lists_and_a_name_that_is_no_field_would_be_seen():
    faults = unclassified(planted(scrub={"name": ""}, safe={"id", "name", "age"}))

    assert faults == ["Child.name is both scrubbed and safe", "Child.age is no field"]
