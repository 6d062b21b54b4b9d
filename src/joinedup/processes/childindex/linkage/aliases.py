"""The standardised table: one row for each alias of each person, every column in the one form that the model compares.

Belongs here: which columns there are and from which rows of a person they come. Not here: single words (wording), or
which columns count for how much (model).
"""

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from joinedup.foundation import text
from joinedup.processes.childindex.linkage import identifiers, learning, wording
from joinedup.processes.childindex.linkage.engine import Engine


def standardise(records: pa.Table, engine: Engine) -> pa.Table:
    """Return one row for each different alias of each person, in the forms that the model compares.

    Shapes: at most one row out for each row in; `alias_id` counts from 0 in the order of person and record.
    """
    words = pa.list_(pa.string())
    columns: dict[str, pa.ChunkedArray] = {
        name: records.column(name) for name in ("record_id", "person_record_id", "said_date", "birth_date")
    }
    columns |= {
        "given_words": _each(records, "given_name", wording.forenames, words),
        "given_forms": _each(records, "given_name", wording.canonical_forenames, words),
        "middle_words": _each(records, "middle_names", wording.forenames, words),
        "middle_forms": _each(records, "middle_names", wording.canonical_forenames, words),
        "preferred_words": _each(records, "preferred_name", wording.forenames, words),
        "preferred_forms": _each(records, "preferred_name", wording.canonical_forenames, words),
        "family_words": _each(records, "family_name", wording.name_words, words),
        "family_parts": _each(records, "family_name", wording.telling_words, words),
        "family_forms": _each(records, "family_name", wording.canonical_forenames, words),
        "family_title": _each(records, "family_name", wording.is_title, pa.bool_()),
        "family_sound": _each(records, "family_name", wording.sound_of_all, pa.string()),
        "former_parts": _each(records, "former_family_name", wording.telling_words, words),
        "sex": _each(records, "sex", wording.sex, pa.string()),
        "postcode": _each(records, "postcode", text.postcode, pa.string()),
        "street": _each(records, "address", wording.street, pa.string()),
        "nhs": _each(records, "nhs_number", _canonical(identifiers.same_nhs(records)), pa.string()),
        "verified": pc.fill_null(records.column("nhs_number_verified"), False),
        "upn": _each(records, "upn", _canonical(identifiers.same_upn(records)), pa.string()),
    }
    engine.register("said", pa.table(columns))
    engine.register("forename", _forename_lore(columns["given_words"], columns["middle_words"]))
    standard = engine.table(
        _STANDARDISE.format(
            shared=list(wording.SHARED_FORENAMES),
            known_name=learning.KNOWN_NAME.format(aliases="different"),
            variant=learning.VARIANT.format(aliases="different", least_children=learning.LEAST_CHILDREN_OF_VARIANT),
        )
    )
    engine.forget("said", "forename")
    return standard


def _forename_lore(*columns: pa.ChunkedArray) -> pa.Table:
    """Return, for each forename in use, how it sounds and whether our list of names has it."""
    words = pc.unique(pa.concat_arrays([pc.list_flatten(column).combine_chunks() for column in columns])).to_pylist()
    return pa.table(
        {
            "word": pa.array(words, pa.string()),
            "sound": [text.sound(word) for word in words],
            "listed": [bool(text.spelling_variants(word)) for word in words],
        }
    )


def _each(records: pa.Table, name: str, form: Callable[[str], object], kind: pa.DataType) -> pa.ChunkedArray:
    """Apply `form` to each different text of a column once; empty text and empty answers become null."""
    encoded = pc.dictionary_encode(records.column(name).combine_chunks())
    formed = [(form(written) or None) if written else None for written in encoded.dictionary.to_pylist()]
    return pa.chunked_array([pa.array(formed, kind).take(encoded.indices)])


def _canonical(same: Mapping[str, str]) -> Callable[[str], str]:
    return lambda number: same.get(number, number)


#: Names, home, birth date, sex and numbers may come in rows of their own, so each alias takes from the person's other
#: rows what its own does not say: the verified before the other, the permanent before the temporary, then the latest.
_STANDARDISE = """
with dated as (
    select
        *,
        (coalesce(said_date, date '0001-01-01'), record_id) as age,
        given_words is not null or family_words is not null as names_it,
        postcode is not null or street is not null as homes_it
    from said
),
person as (
    select
        person_record_id,
        arg_max(record_id, age) filter (names_it) as naming_id,
        arg_max(record_id, (postcode is not null, age)) filter (homes_it) as homing_id,
        arg_max(nhs, (verified, age)) filter (nhs is not null) as nhs,
        arg_max(upn, (not regexp_matches(upn, '[A-Z]$'), age)) filter (upn is not null) as upn,
        arg_max(birth_date, age) filter (birth_date is not null) as birth_date,
        arg_max(sex, age) filter (sex is not null) as sex
    from dated
    group by person_record_id
),
verified as (
    select person_record_id, nhs, bool_or(verified) as nhs_verified
    from said
    group by person_record_id, nhs
),
named as (
    select
        record_id,
        list_concat(coalesce(given_words, []), coalesce(middle_words, [])) as forenames,
        list_concat(coalesce(given_forms, []), coalesce(middle_forms, [])) as forms,
        -- Mohammed Hassan is called Hassan: his brother is Mohammed Hussain.
        case when list_contains({shared}, forms[1]) and len(forms) > 1 then 2 else 1 end as called,
        forenames[called] as given,
        forms[called] as given_canonical,
        nullif(list_distinct(list_filter(
            [given, given_canonical, preferred_words[1], preferred_forms[1]], lambda name: name is not null
        )), []) as given_names,
        nullif(list_distinct(list_concat(forms, coalesce(preferred_forms, []))), []) as given_all,
        -- A family name that is said again among the given names (Singh, Kaur) tells nothing new.
        list_filter(
            forenames[called + 1:], lambda name: not list_contains(coalesce(family_words, []), name)
        )[1] as middle,
        nullif(list_distinct(list_filter(
            [given_canonical, array_to_string(given_words, '')], lambda name: name is not null
        )), []) as given_swaps,
        list_distinct(list_append(family_forms, array_to_string(family_words, ''))) as family_swaps,
        array_to_string(family_words, ' ') as family,
        coalesce(family_title, false) as family_title,
        family_sound,
        nullif(list_distinct(list_concat(coalesce(family_parts, []), coalesce(former_parts, []))), []) as family_parts,
        nullif(array_to_string(list_sort(list_distinct(list_concat(
            list_filter([given_canonical], lambda name: name is not null), coalesce(family_words, [])
        ))), ' '), '') as name_key
    from dated
    where names_it
),
alias as (
    select
        own.record_id,
        own.person_record_id,
        naming.* exclude (record_id, forenames, forms, called),
        coalesce(own.birth_date, person.birth_date) as birth_date,
        coalesce(own.sex, person.sex) as sex,
        homing.postcode,
        homing.street,
        person.nhs,
        coalesce(verified.nhs_verified, false) as nhs_verified,
        person.upn
    from dated as own
    join person using (person_record_id)
    left join named as naming
        on naming.record_id = case when own.names_it then own.record_id else person.naming_id end
    left join dated as homing
        on homing.record_id = case when own.homes_it then own.record_id else person.homing_id end
    left join verified on verified.person_record_id = own.person_record_id and verified.nhs = person.nhs
),
different as (
    select min(record_id) as record_id, * exclude (record_id) from alias group by all
),
known_name as ({known_name}),
variant as ({variant})
select
    row_number() over (order by person_record_id, record_id, name_key, postcode, street) - 1 as alias_id,
    different.* exclude (given_names),
    list_distinct(list_concat(given_names, coalesce(variant.forms, []))) as given_names,
    coalesce(forename.listed, false) or coalesce(given in (select given from known_name), false) as given_known,
    list_contains({shared}, given_canonical) as given_shared,
    forename.sound as given_sound,
    left(given, 1) as given_initial,
    left(given_canonical, 2) as given_start,
    left(family, 3) as family_start,
    strftime(birth_date, '%Y') as birth_year,
    strftime(birth_date, '%Y-%m') as birth_month,
    regexp_matches(upn, '[A-Z]$') as upn_temporary,
    strftime(birth_date, '%Y-%m-%d') as dob,
    strftime(birth_date, '%Y') || '-' || least(month(birth_date), day(birth_date))
        || '-' || greatest(month(birth_date), day(birth_date)) as dob_key,
    postcode[: -3] as sector,
    split_part(postcode, ' ', 1) as district
from different
left join forename on forename.word = given
left join variant on variant.name = given_canonical
order by alias_id
"""
