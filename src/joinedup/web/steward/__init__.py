"""Pages of those who answer for the links: matching review, what became of an identity, and how good the links are."""
