"""Apache Atlas and what speaks its protocol: glossary objects and facts about any other asset."""
