"""Two people who take one contact in the same moment: one has it, the other is told who, and nothing is lost."""

import pytest

from joinedup.processes.inbasket import operations
from tests.conftest import NOW
from tests.faults import together
from tests.integration.inbasket import working

pytestmark = pytest.mark.usefixtures("committed_borough")


def claim(item_id, who):
    return lambda: operations.claim(item_id=item_id, by=who, at=NOW)


@pytest.mark.parametrize("races", [12, pytest.param(500, marks=pytest.mark.slow)])
def test_of_two_who_take_a_contact_at_once_one_has_it_and_the_other_is_told_who(races):
    officers = [working.person("front-door"), working.person("out-of-hours")]
    with together.two(seed=20) as pair:
        for _ in range(races):
            item_id = working.send()
            told = pair.act(
                *(claim(item_id, who) for who in officers),
                refused_by=operations.TakenByOther,
            )
            refused = [one.refusal for one in told]
            ((holder, took),) = working.kept(
                "SELECT holder_name, (SELECT count(*) FROM inbasket_itemact a WHERE a.item_id = i.id AND a.act = 'claim') "
                "FROM inbasket_item i WHERE id = %s",
                item_id,
            )

            assert took == 1
            assert refused.count(None) == 1
            assert holder == officers[refused.index(None)].name
            assert next(one for one in refused if one is not None).name == holder
