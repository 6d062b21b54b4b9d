"""Timescales: by when something must be done, from dated profiles, working days and rests.

Belongs here: counting. Not here: what is timed, for that is the rings' to know.
"""
