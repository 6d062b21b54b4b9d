"""The assessment app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """One assessment of a family, written by many hands."""

    name = "joinedup.processes.assessment"
    label = "assessment"
    verbose_name = "Assessment"
