"""The addresses of all pages. No name, date or number of a person ever stands in one, save the child number.

Belongs here: addresses and their names. Not here: what stands behind them (views).
"""

from django.urls import path

from joinedup.web.account import urls as account
from joinedup.web.analyst import views as analyst
from joinedup.web.emergencies import views as emergencies
from joinedup.web.entrance import views as entrance
from joinedup.web.practitioner import views as practitioner
from joinedup.web.shield import views as shield

urlpatterns = [
    path("", entrance.home, name="home"),
    path("sign-in", entrance.sign_in, name="sign-in"),
    path("about", entrance.about, name="about"),
    path("find", practitioner.find, name="find"),
    path("find/<str:token>", practitioner.found, name="found"),
    path("child/<str:number>", practitioner.child, name="child"),
    path("child/<str:number>/why", practitioner.why, name="why"),
    path("child/<str:number>/record/<uuid:record_id>", practitioner.source_record, name="source-record"),
    path("child/<str:number>/emergency", emergencies.break_glass, name="emergency"),
    path("emergencies", emergencies.reviews, name="emergencies"),
    path("emergencies/<uuid:look_id>", emergencies.review, name="emergency-review"),
    path("child/<str:number>/emergency/end", emergencies.leave, name="emergency-end"),
    path("sealed", shield.sealed, name="sealed"),
    path("sealed/ask", shield.ask, name="seal-ask"),
    path("sealed/requests/<uuid:request_id>", shield.decide, name="seal-request"),
    path("sealed/held/<uuid:held_id>", shield.settle, name="seal-held"),
    path("files", analyst.bring_in, name="files"),
    path("files/<uuid:batch_id>", analyst.batch, name="batch"),
    path("files/<uuid:batch_id>/load", analyst.load, name="batch-load"),
    path("files/<uuid:batch_id>/refused", analyst.refused, name="batch-refused"),
    path("files/<uuid:batch_id>/undo", analyst.undo, name="batch-undo"),
    *account.urlpatterns,
]
