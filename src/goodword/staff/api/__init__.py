"""The staff over HTTP."""

from goodword.staff.api.agents import routes as agents
from goodword.staff.api.audit import routes as audit
from goodword.staff.api.duty import routes as duty
from goodword.staff.api.me import routes as me
from goodword.staff.api.provider import routes as provider
from goodword.staff.api.roles import routes as roles
from goodword.staff.api.security import routes as security
from goodword.staff.api.session import routes as session
from goodword.staff.api.teams import routes as teams
from goodword.staff.api.tokens import routes as tokens
from goodword.staff.api.two_factor import routes as two_factor

__all__ = ["routes"]

routes = [session, provider, me, two_factor, agents, duty, teams, roles, tokens, security, audit]
