"""The addresses of signing in, and of looking after who signs in."""

from django.urls import path

from joinedup.web.account import entering, settingup, stepping, users, yours

urlpatterns = [
    path("sign-in/password", entering.by_password, name="sign-in-password"),
    path("sign-in/code", entering.by_code, name="sign-in-code"),
    path("sign-in/passkey", entering.by_passkey, name="sign-in-passkey"),
    path("sign-in/set-up/<str:token>", entering.set_up, name="set-up"),
    path("sign-in/directory/<slug:name>", entering.by_directory, name="sign-in-directory"),
    # The name by which django-allauth finds it.
    path("sign-in/directory/<slug:provider_id>/back", entering.back_from_directory, name="openid_connect_callback"),
    path("sign-out", yours.sign_out, name="sign-out"),
    path("step-up", stepping.step_up, name="step-up"),
    path("step-up/passkey", stepping.step_up_by_passkey, name="step-up-passkey"),
    path("kept", stepping.kept, name="kept"),
    path("kept/<uuid:kept_id>/discard", stepping.discard, name="kept-discard"),
    path("account", yours.show, name="account"),
    path("account/password", yours.password, name="password"),
    path("account/second-factor", settingup.second_factor, name="second-factor"),
    path("account/second-factor/<int:factor_id>/remove", yours.remove_factor, name="factor-remove"),
    path("account/passkey", settingup.add_passkey, name="add-passkey"),
    path("account/passkey/options", settingup.passkey_options, name="passkey-options"),
    path("account/recovery-codes", settingup.recovery_codes, name="recovery-codes"),
    path("account/sessions/<slug:reference>/end", yours.end_session, name="session-end"),
    path("users", users.users, name="users"),
    path("users/<uuid:user_id>", users.user, name="user"),
    path("users/<uuid:user_id>/end-sessions", users.end_sessions, name="user-end-sessions"),
    path("users/<uuid:user_id>/end-role", users.end_role, name="user-end-role"),
    path("users/<uuid:user_id>/end", users.end, name="user-end"),
]
