"""The door: mounts what each package offers, serves the clients, keeps strangers polite. No rules live here."""

from goodword.web.door import Services, build_door

__all__ = ["Services", "build_door"]
