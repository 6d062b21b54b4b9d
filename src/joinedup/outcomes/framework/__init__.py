"""The outcomes framework: what the work is for, in the words that all agencies share.

Belongs here: frameworks, outcomes, aims, and which outcome of one framework answers to which of another. Not here: whether a
child has reached one (measures).
"""
