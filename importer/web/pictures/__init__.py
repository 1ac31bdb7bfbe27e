"""Small pictures made on the server; each has a text beside it that says the same."""
