"""What stands in the samples of this folder, and how it is laid out."""
