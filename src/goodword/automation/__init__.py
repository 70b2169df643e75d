"""Rules and macros: what the desk does by itself, and what an agent does with one key.

Both are made of the same steps, which are carried out by the deeds of the packages below. A rule is asked about what
happens in a conversation (``matching``, pure), is applied once to each thing that happens, never to what it did
itself, and tells why it did what it did. What it would have done can be tried on what is past (``trying``) without
doing anything.
"""

from goodword.automation.actions.keep_macro import add_macro, edit_macro, remove_macro
from goodword.automation.actions.keep_rule import add_rule, edit_rule
from goodword.automation.actions.remove_rule import remove_rule
from goodword.automation.actions.run_macro import run_macro
from goodword.automation.actions.take_back import take_back
from goodword.automation.filling import Voice
from goodword.automation.matching import matches
from goodword.automation.model import Condition, Macro, Rule, When

__all__ = [
    "Condition",
    "Macro",
    "Rule",
    "Voice",
    "When",
    "add_macro",
    "add_rule",
    "edit_macro",
    "edit_rule",
    "matches",
    "remove_macro",
    "remove_rule",
    "run_macro",
    "take_back",
]
