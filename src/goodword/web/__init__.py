"""The door: mounts what each package offers, serves the clients, keeps strangers polite. No rules live here."""

from goodword.web.door import Services, build_door, change_hands

__all__ = ["Services", "build_door", "change_hands"]
