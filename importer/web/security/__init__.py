"""What stands between a request and the pages; `app.py` says in which order."""
