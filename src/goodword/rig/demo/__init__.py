"""The demo: Fennel & Oak's desk with its staff, its customers and five weeks of conversations in five languages.

Everything in it is done by the desk's own actions, in the order in which it happened: its log is a record like any
other.
"""

from goodword.rig.demo.build import CONVERSATIONS, Report, build

__all__ = ["CONVERSATIONS", "Report", "build"]
