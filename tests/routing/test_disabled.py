"""Somebody leaves the company in the middle of his conversations."""

import pytest

from goodword.conversations import store
from tests.desks import house

pytestmark = pytest.mark.anyio


async def test_what_a_disabled_agent_had_in_hand_waits_for_somebody_else(database_url, tmp_path, clock):
    async with house(tmp_path, database_url, clock) as desk:
        dana, li, ada = await desk.visitor(), await desk.signed_in("li"), await desk.signed_in("ada")
        id = (await dana.says("Where is my kettle?")).json()["conversation_id"]
        await li.post(f"/api/v1/conversations/{id}/replies", json={"client_id": "r1", "text": "Let me look."})
        await desk.settle()
        left = await ada.patch(f"/api/v1/agents/{desk.agents['li'].id}", json={"disabled": True})
        assert left.status_code == 200, left.text
        await desk.settle()
        now = await desk.desk.services.database.read(store.get, id)
        assert now.assignee_id is None
        assert now.handler in ("queue", "nobody")
        assert now.queued_at is not None
