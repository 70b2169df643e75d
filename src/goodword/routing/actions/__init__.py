"""What routing does."""
