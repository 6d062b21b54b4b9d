"""Opening files safely: encodings, rows with their byte ranges, guarded archives, and the few types every format shares.

Belongs here: what holds for any agency's file.
Not here: what one standard's columns mean (its own folder), keeping rows (intake).
"""
