"""Bringing files in: recognise, preview, load, go on after a stop, take back. The same for every standard.

Belongs here: the order of the steps over all formats. Not here: what a column means (each standard's own folder).
"""
