"""The page for data stewards: forms and tables made on the server."""
