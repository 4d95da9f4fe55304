"""The sandbox: a local HeyGen that keeps state, ages jobs and breaks on demand."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import web

from heygen_async.sandbox import ageing, snapshot
from heygen_async.sandbox.catalogue import stock_groups, stock_looks
from heygen_async.sandbox.clock import SandboxClock
from heygen_async.sandbox.context import Context, Settings
from heygen_async.sandbox.control import routes as control_routes
from heygen_async.sandbox.deliveries import Courier
from heygen_async.sandbox.faults import Fault
from heygen_async.sandbox.files import FileStore
from heygen_async.sandbox.inference import course, work
from heygen_async.sandbox.links import Links
from heygen_async.sandbox.pipeline import Pipeline
from heygen_async.sandbox.records import Charge, Exchange
from heygen_async.sandbox.routes import ROUTES
from heygen_async.sandbox.studio import Studio
from heygen_async.sandbox.world import World

_BODY_LIMIT: Final = 16 * 1024 * 1024
_READ_AHEAD: Final = 1 << 18
_SHUTDOWN_SECONDS: Final = 0.5
_ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104


class Sandbox:
    """A local HeyGen. Use it as ``async with Sandbox() as sandbox``, or start and stop it.

    Any non-empty API key is accepted. Files at public addresses outside the sandbox cannot be
    fetched; they are accepted, and a drawing (or silence) stands in for them. A script that
    contains ``[[fail]]`` is accepted, charged, and fails.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        speed: Virtual seconds per real second, when no clock is given.
        slots: Renders in flight at once; one more is refused with 429.
        seed: Decides ids, durations and portraits.
        media: True for real media, False for canned ones, None for whatever is installed.
        state: Folder that keeps everything over a restart; a temporary one when left out.
        balance: What the account can spend, in dollars on v3 and credits on v2.
        clock: The clock, when the caller wants to share it.
        link_seconds: Virtual life of a download link.
        slot_seconds: Virtual life of an upload slot.
        lag: Whether a new asset is unknown to ``POST /v3/videos`` for its first virtual second.
        duplicates: Whether every webhook is delivered twice.
        rejects: Whether inference.sh takes runs that the balance does not cover, as tasks that are
            rejected, rather than answer 402.
        former_numbers: Whether its webhooks number the end of a task as before January 2026.
        retired: Whether v1 and v2 are removed already, as HeyGen announced: they answer 404, 405
            or 410 then.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        speed: float = 1.0,
        slots: int = 10,
        seed: int = 0,
        media: bool | None = None,
        state: Path | None = None,
        balance: float = 1000.0,
        clock: SandboxClock | None = None,
        link_seconds: float = 3600.0,
        slot_seconds: float = 900.0,
        lag: bool = False,
        duplicates: bool = False,
        rejects: bool = False,
        former_numbers: bool = False,
        retired: bool = False,
    ) -> None:
        self.clock: SandboxClock = clock or SandboxClock(speed=speed)
        self.host = host
        self.port: int = port
        self._settings = Settings(
            seed=seed,
            slots=slots,
            balance=balance,
            link_seconds=link_seconds,
            slot_seconds=slot_seconds,
            lag=lag,
            duplicates=duplicates,
            rejects=rejects,
            former_numbers=former_numbers,
        )
        self._retired = retired
        self._media = media
        self._state = state
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._runner: web.AppRunner | None = None
        self._pipeline: Pipeline | None = None
        self._courier: Courier | None = None
        self._listening = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """Where the sandbox listens, such as ``http://127.0.0.1:8700``."""
        host = _ANYWHERE.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def charges(self) -> Sequence[Charge]:
        """What the real HeyGen would have billed, in order."""
        return tuple(self._ctx.world.charges)

    @property
    def total_charged(self) -> float:
        """Sum of all charges."""
        return round(sum(charge.credits for charge in self._ctx.world.charges), 6)

    @property
    def requests(self) -> Sequence[Exchange]:
        """The last 10,000 requests, in order; those of the control plane are left out."""
        return tuple(self._running.exchanges)

    @property
    def _running(self) -> Pipeline:
        if self._pipeline is None:
            raise RuntimeError("the sandbox was never started: await start() first")
        return self._pipeline

    @property
    def _ctx(self) -> Context:
        return self._running.ctx

    async def start(self) -> None:
        """Listens. Afterwards ``url`` and ``port`` are real.

        Raises:
            RuntimeError: When it listens already.
            OSError: When the port is taken.
        """
        if self._runner is not None:
            raise RuntimeError(f"the sandbox listens already at {self.url}")
        self._pipeline = Pipeline(self._context())
        app = web.Application(client_max_size=_BODY_LIMIT)
        for route in (*ROUTES, *control_routes(self)):
            app.router.add_route(route.method, route.path, self._pipeline.bind(route))
        app.router.add_route("*", "/{path:.*}", self._pipeline.bind(None))
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=_SHUTDOWN_SECONDS,
            read_bufsize=_READ_AHEAD,
        )
        try:
            await self._runner.setup()
            await web.TCPSite(self._runner, self.host, self.port).start()
        except BaseException:
            await self.stop()
            raise
        self.port = self._runner.addresses[0][1]
        self._courier = Courier(self._ctx, self._pipeline.faults, errand=work.catch_up)
        self._courier.start()
        self._listening = True

    async def stop(self) -> None:
        """Stops listening, ends renders, and saves the state if a folder was given. Idempotent."""
        runner, self._runner = self._runner, None
        if runner is None or self._pipeline is None:
            return
        self._pipeline.stopping.set()
        courier, self._courier = self._courier, None
        if courier is not None:
            await courier.aclose()
        await runner.cleanup()
        ctx = self._pipeline.ctx
        await ctx.studio.aclose()
        # One that never listened, say for a taken port, has nothing to say about the state.
        if self._state is not None and self._listening:
            ctx.world.now = self.clock.now()
            snapshot.save(self._state, ctx.world)
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None
        self._listening = False

    def fault(self, fault: Fault) -> None:
        """Scripts a fault; faults act in the order in which they were given."""
        self._running.faults.add((fault,))

    def retire(self, *, legacy: bool = True) -> None:
        """Removes v1 and v2, to rehearse the day on which HeyGen does; False brings them back."""
        self._ctx.retired = legacy

    def reset(self) -> None:
        """Forgets jobs, files, charges, faults and requests. The clock goes on."""
        pipeline = self._running
        era = pipeline.ctx.world.era + 1
        pipeline.ctx.world = self._new_world()
        pipeline.ctx.world.era = era
        pipeline.ctx.files.clear(era)
        pipeline.faults.clear()
        pipeline.replays.clear()
        pipeline.exchanges.clear()
        if self._courier is not None:
            self._courier.forget()

    def describe(self) -> dict[str, Any]:
        """The state in short: what ``GET /_sandbox/state`` answers."""
        ctx, now = self._ctx, self.clock.now()
        world = ctx.world
        videos = [
            {"id": video.id, "status": ageing.video_status(video, now), "title": video.title}
            for video in world.videos.values()
        ]
        looks = [
            {"id": look.id, "group_id": look.group_id, "status": ageing.look_status(look, now)}
            for look in world.looks.values()
            if not look.public
        ]
        return {
            "now": now,
            "speed": self.clock.speed,
            "seed": ctx.settings.seed,
            "media": ctx.studio.renderer.real,
            "slots": ctx.settings.slots,
            "slots_taken": sum(video.done > now for video in world.videos.values()),
            "balance": world.balance,
            "charged": self.total_charged,
            "videos": videos,
            "looks": looks,
            "tasks": [
                {"id": task.id, "app": task.app, "status": course.word(task, now)}
                for task in world.inference.tasks.values()
            ],
            "groups": [group.id for group in world.groups.values() if group.created],
            "assets": [
                {"id": asset.id, "mime_type": asset.mime, "size_bytes": asset.size}
                for asset in world.assets.values()
            ],
            "retired": ctx.retired,
            "faults": self._running.faults.pending(),
        }

    def _new_world(self) -> World:
        world = World(balance=self._settings.balance)
        world.looks.update(stock_looks())
        world.groups.update(stock_groups())
        return world

    def _context(self) -> Context:
        if self._state is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="heygen-sandbox-")
            folder = Path(self._temporary.name)
        else:
            folder = self._state
        world = snapshot.load(folder) or self._new_world()
        files = FileStore(folder / "files", world.era)
        # Virtual time never goes back: a clock that was skipped stays skipped over a restart.
        self.clock.advance(max(0.0, world.now - self.clock.now()))
        return Context(
            settings=self._settings,
            clock=self.clock,
            world=world,
            files=files,
            links=Links(f"heygen-sandbox-{self._settings.seed}"),
            studio=Studio(folder / "media", files, media=self._media),
            retired=self._retired,
        )
