"""What is learned from examples: small data files beside the code, fitted by `benchmarks/understanding.py`.

Beside phrases of our own, the examples were samples of BANKING77 and Home Assistant's intents (CC BY 4.0), GoEmotions
(CC BY 4.0), Bitext's customer-support intents (CDLA-Sharing 1.0, which lays no terms on results) and KOTE (MIT).
None of their text is in here.
"""
