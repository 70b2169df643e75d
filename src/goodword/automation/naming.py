"""What the things are called that rules name by their ids."""

from goodword.automation.sentences import Names
from goodword.channels.store import all_channels
from goodword.fields import all_fields
from goodword.platform.db import Tx
from goodword.staff import all_agents, all_teams


async def names(tx: Tx) -> Names:
    return Names(
        channels={channel.id: channel.name for channel in await all_channels(tx)},
        teams={team.id: team.name for team in await all_teams(tx)},
        agents={agent.id: agent.name for agent in await all_agents(tx)},
        fields={field.key: field.label for field in await all_fields(tx)},
    )
