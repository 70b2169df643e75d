"""What the bytes of a mail say, part by part: structure, headers, texts, files.

Nothing here fails on any bytes, and all of it takes time and memory in proportion to them. What the mail means —
who answers whom, whether a machine wrote it — is decided above.
"""
