"""Items are read by those whose in-basket they are in; a sender reads what they wrote and their receipt."""

from django.db import migrations

from joinedup.foundation.database import secure
from joinedup.processes.inbasket import functions


class Migration(migrations.Migration):
    """Row-level security and the functions."""

    dependencies = [
        ("inbasket", "0001_initial"),
        ("access", "0024_work_ties_people"),
        ("childindex", "0012_case_tiers"),
    ]

    operations = [
        secure.DefinerFunction("inbasket_circles()", functions.CIRCLES, callers=["app"]),
        secure.SecureTables(
            ["inbasket_item"],
            app="SELECT, INSERT, UPDATE",
            definer="SELECT, UPDATE, DELETE",
            rows=functions.ITEM_ROWS,
        ),
        secure.InsertsAllowed("inbasket_item", rows=functions.SENT),
        secure.SecureTables(
            ["inbasket_message"],
            app="SELECT, INSERT",
            definer="SELECT, DELETE",
            rows=functions.OF_ITEM_OR_SENDER,
        ),
        secure.SecureTables(
            ["inbasket_receipt"],
            app="SELECT, INSERT, UPDATE",
            definer="SELECT, DELETE",
            rows=functions.OF_ITEM_OR_SENDER,
        ),
        secure.SecureTables(
            ["inbasket_itemact"], app="SELECT, INSERT", definer="SELECT, DELETE", rows=functions.OF_ITEM
        ),
        secure.InsertsAllowed("inbasket_itemact", rows=functions.ACTED),
        secure.SecureTables(
            ["inbasket_disclosure"], app="SELECT, INSERT", definer="SELECT, DELETE", rows=functions.OF_ITEM
        ),
        secure.DefinerFunction(
            "inbasket_child_follows()", f"{functions.FOLLOW}; {functions.FOLLOW_TRIGGER}", callers=[]
        ),
        secure.DefinerFunction("inbasket_tie(uuid)", functions.TIE, callers=["app"]),
        secure.DefinerFunction("inbasket_untie(uuid)", functions.UNTIE, callers=["app"]),
    ]
