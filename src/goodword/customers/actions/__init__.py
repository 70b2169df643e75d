"""What can be done with customers; one deed per file."""
