"""Goodword: the desk where a company's customers are heard, answered and kept faith with."""
