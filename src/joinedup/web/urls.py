"""The addresses of all pages. No name, date or number of a person ever stands in one, save the child number.

Belongs here: addresses and their names. Not here: what stands behind them (views).
"""

from django.urls import path

from joinedup.web.account import urls as account
from joinedup.web.analyst import views as analyst
from joinedup.web.assessment import signing as assessment_signing
from joinedup.web.assessment import views as assessment
from joinedup.web.assessment import writing as assessment_writing
from joinedup.web.assurance import views as assurance
from joinedup.web.casework import views as casework
from joinedup.web.datarequests import packing
from joinedup.web.datarequests import views as datarequests
from joinedup.web.emergencies import views as emergencies
from joinedup.web.entrance import views as entrance
from joinedup.web.exporting import views as exporting
from joinedup.web.family import coming, telling
from joinedup.web.family import views as family
from joinedup.web.frontdoor import asking
from joinedup.web.frontdoor import views as frontdoor
from joinedup.web.openness import views as openness
from joinedup.web.practitioner import drawings
from joinedup.web.practitioner import views as practitioner
from joinedup.web.protection import care as protection_care
from joinedup.web.protection import views as protection
from joinedup.web.retention import views as retention
from joinedup.web.shield import views as shield
from joinedup.web.steward import measuring
from joinedup.web.steward import views as steward
from joinedup.web.tracking import views as tracking
from joinedup.web.voice import views as voice

urlpatterns = [
    path("", entrance.home, name="home"),
    path("sign-in", entrance.sign_in, name="sign-in"),
    path("about", entrance.about, name="about"),
    path("find", practitioner.find, name="find"),
    path("find/<str:token>", practitioner.found, name="found"),
    path("child/<str:number>", practitioner.child, name="child"),
    path("child/<str:number>/why", practitioner.why, name="why"),
    path("child/<str:number>/record/<uuid:record_id>", practitioner.source_record, name="source-record"),
    path("child/<str:number>/record/<uuid:record_id>/why.svg", drawings.why_drawn, name="why-drawn"),
    path("child/<str:number>/emergency", emergencies.break_glass, name="emergency"),
    path("child/<str:number>/plan", casework.open_episode, name="episode-new"),
    path("child/<str:number>/plan/<uuid:episode_id>", casework.plan, name="plan"),
    path("child/<str:number>/plan/<uuid:episode_id>/<slug:name>", casework.act, name="plan-act"),
    path("child/<str:number>/protection", protection.page, name="protection"),
    path("child/<str:number>/protection/worry", protection.worry, name="protection-worry"),
    path("child/<str:number>/protection/care/<slug:name>", protection_care.begin, name="protection-care"),
    path("child/<str:number>/protection/care/<uuid:span_id>/<slug:name>", protection_care.span, name="protection-span"),
    path("child/<str:number>/protection/<uuid:concern_id>/<slug:name>", protection.act, name="protection-act"),
    path(
        "child/<str:number>/protection/<uuid:concern_id>/correct/<uuid:step_id>",
        protection.correct,
        name="protection-correct",
    ),
    path("child/<str:number>/voice", voice.voice, name="voice"),
    path("child/<str:number>/voice/invite", voice.invite, name="voice-invite"),
    path("child/<str:number>/voice/<uuid:view_id>/answer", voice.answer, name="voice-answer"),
    path("child/<str:number>/voice/<uuid:invitation_id>/take-back", voice.withdraw, name="voice-withdraw"),
    path("invited/<str:token>", coming.invited, name="invited"),
    path("mine", family.my_pages, name="my-pages"),
    path("mine/<str:number>", family.my_page, name="my-page"),
    path("mine/<str:number>/plan", family.my_plan, name="my-plan"),
    path("mine/<str:number>/think", telling.my_views, name="my-views"),
    path("mine/<str:number>/about-me", telling.my_about, name="my-about"),
    path("mine/<str:number>/worry", telling.my_worry, name="my-worry"),
    path("mine/<str:number>/wrong", telling.my_correction, name="my-correction"),
    path("mine/<str:number>/looked", family.my_looks, name="my-looks"),
    path("my-work", casework.work, name="work"),
    path("my-work/offers/<uuid:transfer_id>", casework.offer, name="offer"),
    path("board", casework.board, name="board"),
    path("child/<str:number>/assessments", assessment.assessments, name="assessments"),
    path("child/<str:number>/assessments/begin", assessment.begin, name="assessment-begin"),
    path("child/<str:number>/assessments/<uuid:assessment_id>", assessment.assessment, name="assessment"),
    path(
        "child/<str:number>/assessments/<uuid:assessment_id>/part/<slug:section>",
        assessment_writing.part,
        name="assessment-part",
    ),
    path(
        "child/<str:number>/assessments/<uuid:assessment_id>/choose/<uuid:waiting_id>",
        assessment_writing.choose,
        name="assessment-choose",
    ),
    path(
        "child/<str:number>/assessments/<uuid:assessment_id>/history/<uuid:answer_id>",
        assessment_writing.history,
        name="assessment-history",
    ),
    path("child/<str:number>/assessments/<uuid:assessment_id>/family", assessment.family, name="assessment-family"),
    path("child/<str:number>/assessments/<uuid:assessment_id>/sign", assessment_signing.sign, name="assessment-sign"),
    path(
        "child/<str:number>/assessments/<uuid:assessment_id>/version/<int:version_number>",
        assessment_signing.version,
        name="assessment-version",
    ),
    path("child/<str:number>/assessments/<uuid:assessment_id>/take", assessment_signing.take, name="assessment-take"),
    path("child/<str:number>/assessments/<uuid:assessment_id>/again", assessment.again, name="assessment-again"),
    path("emergencies", emergencies.reviews, name="emergencies"),
    path("emergencies/<uuid:look_id>", emergencies.review, name="emergency-review"),
    path("help", asking.ask_for_help, name="help"),
    path("child/<str:number>/help", asking.ask_for_help, name="child-help"),
    path("sent", asking.sent, name="sent"),
    path("sent/<uuid:item_id>", asking.receipt, name="receipt"),
    path("in-basket", frontdoor.in_basket, name="in-basket"),
    path("in-basket/together", frontdoor.together, name="in-basket-together"),
    path("in-basket/<uuid:item_id>", frontdoor.item, name="in-basket-item"),
    path("in-basket/<uuid:item_id>/child", frontdoor.choose, name="in-basket-child"),
    path("in-basket/<uuid:item_id>/<slug:name>", frontdoor.act, name="in-basket-act"),
    path("exports", exporting.exports, name="exports"),
    path("exports/ask/<str:kind>", exporting.ask, name="export-ask"),
    path("exports/<uuid:export_id>", exporting.export, name="export"),
    path("exports/<uuid:export_id>/take", exporting.take, name="export-take"),
    path("exports/<uuid:export_id>/decide", exporting.decide, name="export-decide"),
    path("exports/<uuid:export_id>/withdraw", exporting.withdraw, name="export-withdraw"),
    path("requests", datarequests.requests, name="requests"),
    path("requests/new", datarequests.new, name="request-new"),
    path("requests/<uuid:request_id>", datarequests.request_page, name="request"),
    path("requests/<uuid:request_id>/confirm", datarequests.confirm, name="request-confirm"),
    path("requests/<uuid:request_id>/extend", datarequests.extend, name="request-extend"),
    path("requests/<uuid:request_id>/answer", datarequests.answer, name="request-answer"),
    path("requests/<uuid:request_id>/dispute", datarequests.dispute, name="request-dispute"),
    path("requests/<uuid:request_id>/dispute/<uuid:dispute_id>", datarequests.decide, name="request-decide"),
    path("requests/<uuid:request_id>/copy", packing.pack, name="request-pack"),
    path("requests/<uuid:request_id>/copy/decide", packing.rule, name="request-rule"),
    path("requests/<uuid:request_id>/copy/take", packing.take, name="request-take"),
    path("retention", retention.retention, name="retention"),
    path("retention/hold", retention.hold, name="retention-hold"),
    path("retention/hold/<uuid:hold_id>/lift", retention.lift, name="retention-lift"),
    path("retention/due/<uuid:due_id>/approve", retention.approve, name="retention-approve"),
    path("retention/certificate/<uuid:certificate_id>", retention.certificate, name="retention-certificate"),
    path("open", openness.pages, name="open"),
    path("open/<str:name>", openness.page, name="open-page"),
    path("child/<str:number>/emergency/end", emergencies.leave, name="emergency-end"),
    path("sealed", shield.sealed, name="sealed"),
    path("sealed/ask", shield.ask, name="seal-ask"),
    path("sealed/requests/<uuid:request_id>", shield.decide, name="seal-request"),
    path("sealed/held/<uuid:held_id>", shield.settle, name="seal-held"),
    path("matching", steward.queue, name="matching"),
    path("matching/<uuid:task_id>", steward.question, name="question"),
    path("matching/acts/<uuid:act_id>", steward.act, name="steward-act"),
    path("matching/rejoins", steward.rejoins, name="rejoins"),
    path("matching/rejoins/propose", steward.propose, name="rejoin-propose"),
    path("matching/rejoins/<uuid:proposal_id>", steward.rejoin, name="rejoin"),
    path("matching/blind", measuring.blind, name="blind"),
    path("matching/blind/pair", measuring.blind_pair, name="blind-pair"),
    path("matching/thresholds", measuring.thresholds, name="thresholds"),
    path("links", measuring.quality, name="link-quality"),
    path("child/<str:number>/identity", steward.identity, name="identity"),
    path("reassigning", steward.reassigning, name="reassigning"),
    path("reassigning/<uuid:reassignment_id>", steward.reassign, name="reassign"),
    path("lost", tracking.listed, name="tracking"),
    path("lost/search", tracking.search, name="tracking-search"),
    path("lost/<uuid:listing_id>", tracking.listing, name="tracked"),
    path("lost/<uuid:listing_id>/take", tracking.take, name="tracked-take"),
    path("lost/<uuid:listing_id>/hand-back", tracking.hand_back, name="tracked-hand-back"),
    path("files", analyst.bring_in, name="files"),
    path("files/<uuid:batch_id>", analyst.batch, name="batch"),
    path("files/<uuid:batch_id>/load", analyst.load, name="batch-load"),
    path("files/<uuid:batch_id>/refused", analyst.refused, name="batch-refused"),
    path("files/<uuid:batch_id>/undo", analyst.undo, name="batch-undo"),
    path("looking", assurance.queue, name="looking"),
    path("looking/rates", assurance.rates, name="looking-rates"),
    path("looking/<uuid:alert_id>", assurance.alert, name="unusual-look"),
    path("looking/<uuid:alert_id>/open", assurance.open_case, name="unusual-look-open"),
    path("looking/<uuid:alert_id>/decide", assurance.decide, name="unusual-look-decide"),
    *account.urlpatterns,
]
