"""Atlan: its bulk protocol, glossary objects, links, readmes and any other asset."""
