"""Addresses are for life: readable, with filters in the query string and a suffix for other forms."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from destraba.web.accounts import SignInView
from destraba.web.compare import views as compare
from destraba.web.desk import views as desk
from destraba.web.exports import prints
from destraba.web.exports import views as exports
from destraba.web.files import views as files
from destraba.web.histories import views as histories
from destraba.web.links import minutes as linked_minutes
from destraba.web.links import views as links
from destraba.web.live import views as live
from destraba.web.matrix import across
from destraba.web.matrix import saving as matrix_views
from destraba.web.matrix import views as matrix
from destraba.web.meetings import views as meetings
from destraba.web.mesas import views as mesas
from destraba.web.problems import views as problems
from destraba.web.programme import views as programme
from destraba.web.public import views as public
from destraba.web.search import views as search
from destraba.web.views import (
    accounts,
    errors,
    health,
    imports,
    jobs,
    outbox,
    people,
    preferences,
    style,
    things,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="home"),
    path("desk/seen/", desk.seen, name="desk_seen"),
    path("mesas/new/", mesas.new, name="mesa_new"),
    path("mesas/<slug:slug>/", mesas.overview, name="mesa"),
    path("mesas/<slug:slug>/follow/", mesas.follow, name="follow"),
    path("mesas/<slug:slug>/funding/", mesas.funding, name="funding"),
    path("mesas/<slug:slug>/import/", imports.page, name="import"),
    path("mesas/<slug:slug>/import/<uuid:token>/", imports.look, name="import_preview"),
    path("mesas/<slug:slug>/import/undo/", imports.take_back, name="import_undo"),
    path("mesas/<slug:slug>/import/template.xlsx", exports.template, name="import_template"),
    path("mesas/<slug:slug>/matrix.xlsx", exports.matrix_xlsx, name="matrix_xlsx"),
    path("mesas/<slug:slug>/matrix.csv", exports.matrix_csv, name="matrix_csv"),
    path("mesas/<slug:slug>/matrix.json", exports.matrix_json, name="matrix_json"),
    path("mesas/<slug:slug>/matrix.pdf", prints.matrix_pdf_file, name="matrix_pdf"),
    path("mesas/<slug:slug>/prints/<uuid:token>.pdf", prints.printed, name="matrix_print"),
    path("mesas/<slug:slug>/matrix/", matrix.page, name="matrix"),
    path("mesas/<slug:slug>/matrix/compare/", compare.page, name="matrix_compare"),
    path("mesas/<slug:slug>/matrix/compare.csv", compare.csv, name="matrix_compare_csv"),
    path("mesas/<slug:slug>/matrix/view/", matrix_views.view, name="matrix_view"),
    path("mesas/<slug:slug>/matrix/view/drop/", matrix_views.drop, name="matrix_view_drop"),
    path("mesas/<slug:slug>/matrix/owners/", matrix.owners, name="matrix_owners"),
    path("mesas/<slug:slug>/matrix/seen/", matrix_views.seen, name="matrix_seen"),
    path("mesas/<slug:slug>/matrix/rows/", matrix.add, name="matrix_rows"),
    path("mesas/<slug:slug>/matrix/rows/<uuid:problem_id>/", matrix.rows, name="matrix_branch"),
    path("mesas/<slug:slug>/matrix/cells/", matrix.cells, name="matrix_cells"),
    path("mesas/<slug:slug>/matrix/cells/many/", matrix.many, name="matrix_many"),
    path("mesas/<slug:slug>/matrix/order/", matrix.move, name="matrix_order"),
    path("mesas/<slug:slug>/matrix/paste/", matrix.paste, name="matrix_paste"),
    path("mesas/<slug:slug>/matrix/undo/", matrix.take_back, name="matrix_undo"),
    path("mesas/<slug:slug>/meetings/", meetings.meetings, name="meetings"),
    path("mesas/<slug:slug>/meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("mesas/<slug:slug>/meetings/<int:number>/live/", live.live, name="meeting_live"),
    path(
        "mesas/<slug:slug>/meetings/<int:number>/minutes.pdf", meetings.minutes_pdf_file, name="minutes_pdf"
    ),
    path(
        "mesas/<slug:slug>/meetings/<int:number>/minutes.docx",
        meetings.minutes_docx_file,
        name="minutes_docx",
    ),
    path("mesas/<slug:slug>/people/", people.people, name="people"),
    path("mesas/<slug:slug>/priorities/", problems.priorities, name="priorities"),
    path("mesas/<slug:slug>/problems/", problems.raise_one, name="raise"),
    path("mesas/<slug:slug>/problems/similar/", problems.similar, name="similar"),
    path("mesas/<slug:slug>/problems/<int:number>/", things.problem, name="problem"),
    path("mesas/<slug:slug>/problems/<int:number>/classify/", problems.classify, name="classify"),
    path("mesas/<slug:slug>/solutions/<int:problem>.<int:number>/", things.solution, name="solution"),
    path("mesas/<slug:slug>/commitments/<int:number>/", things.commitment, name="commitment"),
    path("mesas/<slug:slug>/problems/<int:number>/history/", histories.problem, name="problem_history"),
    path(
        "mesas/<slug:slug>/solutions/<int:problem>.<int:number>/history/",
        histories.solution,
        name="solution_history",
    ),
    path(
        "mesas/<slug:slug>/commitments/<int:number>/history/", histories.commitment, name="commitment_history"
    ),
    path("public/", public.index, name="public"),
    path("public/mesas/<slug:slug>/", public.mesa, name="public_mesa"),
    path(
        "public/mesas/<slug:slug>/minutes/<int:year>-<int:number>.pdf", public.minutes, name="public_minutes"
    ),
    path("programme/", programme.programme, name="programme"),
    path("programme/matrix/", across.page, name="programme_matrix"),
    path("programme/matrix/view/", across.view, name="programme_matrix_view"),
    path("programme/matrix/view/drop/", across.drop, name="programme_matrix_drop"),
    path("programme.csv", programme.programme_csv, name="programme_csv"),
    path("programme/accounts/", accounts.accounts, name="accounts"),
    path("search/", search.search, name="search"),
    path("u", links.arrive, name="link"),
    path("u/open/", links.enter, name="link_enter"),
    path("u/again/", links.again, name="link_again"),
    path("u/rows/", links.rows, name="link_rows"),
    path("u/rows/<uuid:commitment_id>/", links.row, name="link_row"),
    path("u/minutes/", linked_minutes.minutes, name="link_minutes"),
    path("u/minutes/pdf/", linked_minutes.pdf, name="link_minutes_pdf"),
    path("u/minutes/objection/", linked_minutes.objection, name="link_objection"),
    path("u/minutes/approval/", linked_minutes.approval, name="link_approval"),
    path("files/<uuid:uid>/", files.evidence_file, name="file"),
    path("jobs/", jobs.board, name="jobs"),
    path("jobs/<uuid:uid>/", jobs.job, name="job"),
    path("preferences/", preferences.remember, name="preferences"),
    path("language/", include("django.conf.urls.i18n")),
    path("accounts/login/", SignInView.as_view(), name="account_login"),
    # An account has one address, which comes with it: whoever could add another could claim somebody else's.
    re_path(r"^accounts/(?:email|confirm-email)/", errors.not_there),
    path("accounts/", include("allauth.urls")),
    path("health", health.health, name="health"),
]

if settings.DEBUG or settings.ENVIRONMENT == "test":
    urlpatterns.append(path("style/", style.style, name="style"))

if settings.IS_DEMO or settings.ENVIRONMENT == "test":
    urlpatterns += [
        path("outbox/", outbox.mails, name="outbox"),
        path("outbox/<uuid:mail_id>/", outbox.mail, name="outbox_mail"),
    ]

handler400 = "destraba.web.views.errors.bad_request"
handler403 = "destraba.web.views.errors.forbidden"
handler404 = "destraba.web.views.errors.not_found"
handler500 = "destraba.web.views.errors.broken"
