"""Who answers: agents and teams, what they may do, how they come in, and who of them is there.

``authenticate`` turns a cookie or an API token into a ``Caller``, whose stamp carries his rights into every action.
Passwords are kept as argon2id hashes, sessions and tokens as fingerprints, secrets of second factors sealed; who signs
out, is disabled, loses a token or a right notices it with the next request. Nobody gives a right that he hasn't, nor
touches somebody who has one.
"""

from goodword.staff.actions.add_agent import add_agent
from goodword.staff.actions.change_password import change_password, reset_password
from goodword.staff.actions.edit_agent import disable, edit_agent, edit_oneself, enable
from goodword.staff.actions.presence import beat, connect, disconnect, set_availability
from goodword.staff.actions.remove_team import remove_team, restore_team
from goodword.staff.actions.roles import create_role, edit_role, remove_role
from goodword.staff.actions.set_duty import set_duty, work_now
from goodword.staff.actions.set_up import is_set_up, set_up
from goodword.staff.actions.sign_in import sign_in, start_session
from goodword.staff.actions.sign_out import sign_out
from goodword.staff.actions.teams import create_team, edit_team
from goodword.staff.actions.tokens import create_token, revoke_token
from goodword.staff.authenticate import authenticate, is_still_in
from goodword.staff.duties import Duties, OnDuty, agents_on_duty, all_duties, duty_of, is_here
from goodword.staff.model import (
    COOKIE,
    PRESENCE_DUE,
    RIGHTS,
    ROLES,
    Agent,
    Availability,
    AvailableAgent,
    Caller,
    Named,
    Place,
    Profile,
    Role,
    Team,
    Token,
)
from goodword.staff.origin import same_origin
from goodword.staff.passwords import hashed
from goodword.staff.scope import Scope, checked_team, may_use, need_hand_in, teams_seen
from goodword.staff.shifts import Duty, OtherDays, Shifts, Span
from goodword.staff.store import (
    all_agents,
    all_teams,
    available_agents,
    company_name,
    find_agent,
    find_team,
    get_agent,
    get_team,
)

__all__ = [
    "COOKIE",
    "PRESENCE_DUE",
    "RIGHTS",
    "ROLES",
    "Agent",
    "Availability",
    "AvailableAgent",
    "Caller",
    "Duties",
    "Duty",
    "Named",
    "OnDuty",
    "OtherDays",
    "Place",
    "Profile",
    "Role",
    "Scope",
    "Shifts",
    "Span",
    "Team",
    "Token",
    "add_agent",
    "agents_on_duty",
    "all_agents",
    "all_duties",
    "all_teams",
    "authenticate",
    "available_agents",
    "beat",
    "change_password",
    "checked_team",
    "company_name",
    "connect",
    "create_role",
    "create_team",
    "create_token",
    "disable",
    "disconnect",
    "duty_of",
    "edit_agent",
    "edit_oneself",
    "edit_role",
    "edit_team",
    "enable",
    "find_agent",
    "find_team",
    "get_agent",
    "get_team",
    "hashed",
    "is_here",
    "is_set_up",
    "is_still_in",
    "may_use",
    "need_hand_in",
    "remove_role",
    "remove_team",
    "reset_password",
    "restore_team",
    "revoke_token",
    "same_origin",
    "set_availability",
    "set_duty",
    "set_up",
    "sign_in",
    "sign_out",
    "start_session",
    "teams_seen",
    "work_now",
]
