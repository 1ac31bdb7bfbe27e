"""What is raised inside `notify` where a message has not arrived; nobody else sees it."""


class NotDelivered(Exception):
    """A message has not arrived; the text says why, without the address."""
