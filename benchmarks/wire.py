"""A page of the interface without a browser: the messages of Streamlit over a websocket, sent by a script,
and the workbench's own requests beside them."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

Json = dict[str, Any]


class Wire:
    """One sitting on one page. ``drawn`` is what its components were last given, by their names.

    What others do is asked for as often as the server wants it, like a browser does.
    """

    def __init__(self, socket: ClientConnection, url: str, page: str, query: Mapping[str, str]) -> None:
        self.socket, self.url = socket, url
        self.page, self.query = page, urlencode(query)
        self.drawn: dict[str, Json] = {}
        self.news: asyncio.Queue[tuple[str, Json]] = asyncio.Queue()
        self.received = 0
        self._components: dict[str, tuple[str, str]] = {}
        self._repeating: dict[str, asyncio.Task[None]] = {}
        self._reading = asyncio.create_task(self._read())

    async def open(self) -> None:
        """Have the page drawn; returns when the workbench is there."""
        await self._rerun()
        while "workbench" not in self.drawn:
            await self.next()

    async def next(self) -> tuple[str, Json]:
        """The next drawing of a component: its name and its data. Raises ConnectionError at the end."""
        name, data = await self.news.get()
        if not name:
            raise ConnectionError("the server has closed the connection")
        return name, data

    async def act(self, client: str, actions: list[Json]) -> list[Json] | None:
        """What has become of ``actions``, asked for as direct.js does; None: the page has to be asked."""
        data = self.drawn["workbench"]
        request = urllib.request.Request(  # noqa: S310 - a server of ours on the loopback interface
            self.url + data["address"],
            json.dumps({"client": client, "actions": actions}).encode(),
            {"Content-Type": "application/json", "X-Relecture-Sitting": data["token"]},
        )

        def ask() -> list[Json]:
            with urllib.request.urlopen(request, timeout=2.5) as answer:  # noqa: S310
                found: list[Json] = json.load(answer)["results"]
                return found

        try:
            return await asyncio.to_thread(ask)
        except OSError:
            return None

    async def send(self, message: Json) -> None:
        """What the workbench sends: ``client``, ``actions``, ``focus`` and so on."""
        id, fragment = self._components["workbench"]
        trigger = f"$$STREAMLIT_INTERNAL_KEY_{id}__events"
        await self._rerun(fragment, trigger, json.dumps([{"event": "send", "value": message}]))

    async def close(self) -> None:
        for task in [*self._repeating.values(), self._reading]:
            task.cancel()
        await self.socket.close()

    async def _rerun(
        self, fragment: str = "", trigger: str = "", value: str = "", auto: bool = False
    ) -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self.query, self.page
        state.fragment_id, state.is_auto_rerun = fragment, auto
        if trigger:
            state.widget_states.widgets.add(id=trigger, json_trigger_value=value)
        await self.socket.send(message.SerializeToString())

    async def _read(self) -> None:
        try:
            async for raw in self.socket:
                self.received += len(raw)
                message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
                self._take(message)
        finally:
            self.news.put_nowait(("", {}))

    def _take(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "delta":
                element = message.delta.new_element
                if element.WhichOneof("type") == "bidi_component":
                    self._draw(element.bidi_component, message.delta.fragment_id)
            case "auto_rerun":
                fragment = message.auto_rerun.fragment_id
                if fragment not in self._repeating:
                    again = self._repeat(fragment, message.auto_rerun.interval)
                    self._repeating[fragment] = asyncio.create_task(again)

    def _draw(self, component: BidiComponent, fragment: str) -> None:
        name = component.component_name.rpartition(".")[2]
        data = json.loads(component.json or component.mixed.json)
        self._components[name] = (component.id, fragment)
        self.drawn[name] = data
        self.news.put_nowait((name, data))

    async def _repeat(self, fragment: str, interval: float) -> None:
        while True:
            await asyncio.sleep(interval)
            await self._rerun(fragment, auto=True)


@asynccontextmanager
async def sitting(url: str, page: str, **query: str) -> AsyncIterator[Wire]:
    """A page of the server at ``url``, opened and closed again."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
        wire = Wire(socket, url, page, query)
        try:
            await wire.open()
            yield wire
        finally:
            await wire.close()
