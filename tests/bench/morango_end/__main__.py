# mypy: ignore-errors
"""python -m morango_end make|serve|push DATABASE …: an end with its certificates, the centre's end on a port, and a
push of the documents in a file, whose seconds are printed."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

import django
from django.conf import settings

act, database, *rest = sys.argv[1:]
os.environ["MORANGO_SYSTEM_ID"] = database
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database, "OPTIONS": {"timeout": 60}}},
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "mptt",
        "rest_framework",
        "morango",
        "morango_end",
    ],
    ROOT_URLCONF="morango.urls",
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from morango.models.certificates import Certificate, Filter, Key, ScopeDefinition  # noqa: E402
from morango.sync.controller import MorangoProfileController  # noqa: E402
from morango_end.models import Record  # noqa: E402


def make(other):
    call_command("migrate", run_syncdb=True, verbosity=0)
    scope = ScopeDefinition.objects.create(
        id="office",
        profile="bench",
        version=1,
        primary_scope_param_key="office",
        description="",
        read_filter_template="",
        write_filter_template="",
        read_write_filter_template="${office}",
    )
    root = Certificate.generate_root_certificate(scope.id)
    desk = Certificate(
        parent=root,
        profile="bench",
        scope_definition=scope,
        scope_version=1,
        scope_params=json.dumps({"office": root.id}),
        private_key=Key(),
    )
    root.sign_certificate(desk)
    desk.save()
    shutil.copy(database, other)


def serve(port):
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)


def push(port, file):
    root = Certificate.objects.get(parent=None)
    with Path(file).open(encoding="utf-8") as lines:
        records = [Record(office=root.id, **json.loads(line)) for line in lines]
    for record in records:
        record.save()
    controller = MorangoProfileController("bench")
    line = controller.create_network_connection(f"http://127.0.0.1:{port}")
    session = line.create_sync_session(Certificate.objects.get(parent=root), root, chunk_size=500)
    began = time.perf_counter()
    client = session.get_push_client()
    client.initialize(Filter(f"{root.id}:records"))
    client.run()
    client.finalize()
    print(time.perf_counter() - began, flush=True)


{"make": make, "serve": serve, "push": push}[act](*rest)
