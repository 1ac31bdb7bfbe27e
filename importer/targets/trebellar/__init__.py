"""Trebellar: its atomic bulk operations on a tree of assets."""
