"""The staff over HTTP."""

from goodword.staff.api.agents import routes as agents
from goodword.staff.api.me import routes as me
from goodword.staff.api.session import routes as session
from goodword.staff.api.teams import routes as teams
from goodword.staff.api.tokens import routes as tokens

__all__ = ["routes"]

routes = [session, me, agents, teams, tokens]
