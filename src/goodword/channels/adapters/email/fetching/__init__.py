"""Mail in: each mailbox is listened at, and what is new in it is kept as it came before anybody reads it.

Where to go on is a number of the server's own (UIDVALIDITY and UID), never a date: after any outage everything that
came meanwhile is fetched. The place moves on in the transaction that records the mails, so nothing falls between, and
what is fetched twice is recognised by its bytes.
"""
