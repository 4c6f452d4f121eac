# mypy: ignore-errors
"""The lines of a book as Morango carries them."""

from django.db import models
from morango.models.core import SyncableModel


class Record(SyncableModel):
    """One line; all of an office are in one partition."""

    morango_profile = "bench"
    morango_model_name = "record"

    office = models.CharField(max_length=32)
    entry = models.CharField(max_length=32)
    subject = models.CharField(max_length=32)
    actor = models.CharField(max_length=32)
    at = models.BigIntegerField()
    line_kind = models.CharField(max_length=40)
    body = models.TextField()

    class Meta:
        app_label = "morango_end"

    def calculate_source_id(self, *_args, **_more):
        return self.entry

    def calculate_partition(self, *_args, **_more):
        return f"{self.office}:records"
