"""The content and layout of the sample files."""
