"""What can be done with the staff; one deed per file."""
