"""The demo shop at ``/shop/``: one page in five languages with Fennel & Oak's products and the chat.

It signs its customers in as a real one does: its server signs who they are, its page tells the widget.
"""

from goodword.rig.shop.routes import routes

__all__ = ["routes"]
