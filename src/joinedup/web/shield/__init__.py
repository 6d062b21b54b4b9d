"""Pages of those who keep the seals on children's records."""
