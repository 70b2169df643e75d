"""What can be done with the log; one deed per file."""
