"""Sealing a child's record: asked by one shield officer, agreed by another, lifted in the same way."""
