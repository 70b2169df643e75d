"""What supervision does."""
