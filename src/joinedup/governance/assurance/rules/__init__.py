"""Rules of assurance: who may read who looked, what a family may read, what looking is unusual, and who reviews it.

Belongs here: decisions on frozen values. Not here: rows (models), reading the audit (queries).
"""
