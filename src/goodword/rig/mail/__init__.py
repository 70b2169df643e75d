"""Mail servers for tests and the demo: on loopback, with nothing behind them."""
