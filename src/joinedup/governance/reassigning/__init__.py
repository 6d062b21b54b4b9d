"""Work that people did on a child who was joined or parted since: a person says whose it is."""
