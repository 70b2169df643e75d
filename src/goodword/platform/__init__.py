"""What would make sense in a product without customers: database, events, jobs, words, clocks, settings."""
