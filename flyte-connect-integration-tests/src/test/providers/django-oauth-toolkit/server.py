"""django-oauth-toolkit on loopback, with short lives. Arguments: port, redirect URI, database file."""

import sys

import django
from django.conf import settings

port, redirect_uri, database = sys.argv[1:]

settings.configure(
    SECRET_KEY="for tests only",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF="__main__",
    LOGIN_URL="/admin/login/",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
    # The usual one takes half a second, and more on a busy machine, to check a client's secret, which each look at a token
    # needs: then a good token may end before it has been looked at.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
        "django.contrib.messages", "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": [
            "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]},
    }],
    OAUTH2_PROVIDER={
        "SCOPES": {"all": "Everything", "introspection": "Look at tokens"},
        "ACCESS_TOKEN_EXPIRE_SECONDS": 12,
        "ROTATE_REFRESH_TOKEN": True,
        "PKCE_REQUIRED": True,
        "ALLOWED_REDIRECT_URI_SCHEMES": ["http"],
    },
)
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import get_application_model  # noqa: E402

urlpatterns = [path("admin/", admin.site.urls), path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]

call_command("migrate", verbosity=0)
get_user_model().objects.create_superuser("ada", "ada@example.com", "password")
applications = get_application_model().objects
applications.create(client_id="service", client_secret="of the service", client_type="confidential",
                    authorization_grant_type="client-credentials", name="service")
applications.create(client_id="flyte", client_secret="of flyte", client_type="confidential",
                    authorization_grant_type="client-credentials", name="flyte")
applications.create(client_id="flytectl", client_type="public", authorization_grant_type="authorization-code",
                    redirect_uris=redirect_uri, name="flytectl")
call_command("runserver", f"localhost:{port}", use_reloader=False)
