"""What this package does."""
