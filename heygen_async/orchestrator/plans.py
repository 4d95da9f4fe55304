"""Plans: HeyGen's walkthroughs as one call."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from heygen_async.api.job import Job
from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError, JobFailedError
from heygen_async.models.base import Record
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import GenerateLook, GeneratePhotos, Generation, PhotoLook
from heygen_async.models.v2.photo_avatars import Orientation, Pose, Style
from heygen_async.transport.clock import World
from heygen_async.transport.events import Event, Events

T = TypeVar("T")

_KEYS_A_CALL = 4


class StepFinished(Event):
    """A step of a plan is done.

    Attributes:
        plan: Name of what is made.
        step: Such as ``train``.
        seconds: How long it took.
    """

    plan: str
    step: str
    seconds: float


class PhotoAvatarPlan(Record):
    """A v2 photo avatar to make.

    Attributes:
        name: Name of the person.
        photos: Photos of the person; the first one makes the group. Each is at least 512 pixels
            wide and high, by HeyGen's guide.
        describe: Instead of photos: the person in words; four AI photos are made (1 credit).
        train: Whether the group is trained (4 credits); looks need it.
        looks: A description for each look to generate (1 credit each).
        orientation: Of generated looks.
        pose: Of generated looks.
        style: Of generated looks.
        motion: Whether the usable look moves (1 credit).
        sound: Whether the usable look has a background sound.
    """

    name: str
    photos: Sequence[UploadSource] = ()
    describe: GeneratePhotos | None = None
    train: bool = True
    looks: Sequence[str] = ()
    orientation: Orientation = "square"
    pose: Pose = "half_body"
    style: Style = "Realistic"
    motion: bool = True
    sound: bool = True


class PhotoAvatarResult(Record):
    """A v2 photo avatar that is ready.

    Attributes:
        group_id: The group.
        look: The look to use: ``TalkingPhoto(talking_photo_id=result.look.id)``.
        looks: All looks of the group that were made here, the first photo's first.
    """

    group_id: str
    look: PhotoLook
    looks: list[PhotoLook]


class _Photos(Record):
    keys: list[str]
    generation_id: str | None = None


async def photo_avatar(
    heygen: Resources, plan: PhotoAvatarPlan, *, world: World, events: Events, uploads: int
) -> PhotoAvatarResult:
    """The photo-avatar walkthrough; see ``Orchestrator.photo_avatar``."""
    _check(plan)
    steps = _Steps(plan.name, world, events)
    avatars = heygen.v2.photo_avatars
    async with steps.step("photos"):
        photos = await _photos(heygen, plan, uploads, steps)
    async with steps.step("group"):
        first = await avatars.create_group(
            name=plan.name, image_key=photos.keys[0], generation_id=photos.generation_id
        )
        group_id = first.id
        steps.made.append(f"group {group_id}")
        looks = [await first.wait()]
        rest = _Photos(keys=photos.keys[1:], generation_id=photos.generation_id)
        looks += await _add(heygen, group_id, rest, plan.name, steps)
    if plan.train:
        async with steps.step("train"):
            await (await avatars.train(group_id)).wait()
    if plan.looks:
        async with steps.step("looks"):
            for made in await _together(
                *(_look(heygen, group_id, plan, prompt, steps) for prompt in plan.looks)
            ):
                looks += made
    usable = looks[-1] if plan.looks else looks[0]
    if plan.motion:
        async with steps.step("motion"):
            moving = await avatars.add_motion(usable.id)
            steps.made.append(f"moving look {moving.id}")
            usable = await moving.wait()
            looks.append(usable)
    if plan.sound:
        async with steps.step("sound"):
            await avatars.add_sound_effect(usable.id)
            usable = await avatars.get(usable.id)
    return PhotoAvatarResult(group_id=group_id, look=usable, looks=looks)


class _Steps:
    """Names and times the steps, and keeps what was made: whoever fails is told what is paid."""

    def __init__(self, plan: str, world: World, events: Events) -> None:
        self.made: list[str] = []
        self._done: list[str] = []
        self._plan = plan
        self._clock = world.clock
        self._events = events

    @asynccontextmanager
    async def step(self, name: str) -> AsyncGenerator[None]:
        start = self._clock.monotonic()
        try:
            yield
        except Exception as problem:
            done = ", ".join(self._done) or "none"
            made = ", ".join(self.made) or "nothing"
            problem.add_note(
                f"in step '{name}' of photo avatar {self._plan!r}; done: {done}; made: {made}"
            )
            raise
        self._done.append(name)
        if self._events.observed:
            now = self._clock.monotonic()
            self._events.emit(StepFinished(at=now, plan=self._plan, step=name, seconds=now - start))


async def _together(*work: Coroutine[Any, Any, T]) -> list[T]:
    """All results, or the first error as it is: then nothing else goes on behind the caller."""
    tasks = [asyncio.ensure_future(each) for each in work]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _check(plan: PhotoAvatarPlan) -> None:
    if bool(plan.photos) == (plan.describe is not None):
        raise InvalidRequestError(
            "photos or describe", plan.name, "exactly one of them makes a photo avatar"
        )
    if plan.looks and not plan.train:
        raise InvalidRequestError("looks", list(plan.looks), "need train=True")


async def _photos(heygen: Resources, plan: PhotoAvatarPlan, uploads: int, steps: _Steps) -> _Photos:
    if plan.describe is not None:
        job = await heygen.v2.photo_avatars.generate_photos(plan.describe)
        steps.made.append(f"photos {job.id}")
        return _Photos(keys=await _pictures(job), generation_id=job.id)
    turns = asyncio.Semaphore(uploads)

    async def upload(photo: UploadSource) -> str:
        async with turns:
            asset = await heygen.v2.assets.upload(photo)
        if asset.image_key is None:
            raise InvalidRequestError(
                "photos", asset.name, f"must be images, not {asset.file_type}"
            )
        return asset.image_key

    return _Photos(keys=await _together(*(upload(photo) for photo in plan.photos)))


async def _look(
    heygen: Resources, group_id: str, plan: PhotoAvatarPlan, prompt: str, steps: _Steps
) -> list[PhotoLook]:
    """One generated look: HeyGen makes several pictures of it, the first one is taken."""
    job = await heygen.v2.photo_avatars.generate_look(
        GenerateLook(
            group_id=group_id,
            prompt=prompt,
            orientation=plan.orientation,
            pose=plan.pose,
            style=plan.style,
        )
    )
    steps.made.append(f"pictures {job.id}")
    keys = (await _pictures(job))[:1]
    photos = _Photos(keys=keys, generation_id=job.id)
    return await _add(heygen, group_id, photos, plan.name, steps)


async def _pictures(job: Job[Generation]) -> list[str]:
    """The keys of what a generation made.

    Raises:
        JobFailedError: It ended well, and made nothing.
    """
    made = await job.wait()
    if not made.image_key_list:
        raise JobFailedError(
            kind=job.kind,
            job_id=job.id,
            status=made.status,
            failure_message="it ended without a picture",
        )
    return made.image_key_list


async def _add(
    heygen: Resources, group_id: str, photos: _Photos, name: str, steps: _Steps
) -> list[PhotoLook]:
    looks: list[PhotoLook] = []
    for start in range(0, len(photos.keys), _KEYS_A_CALL):
        jobs = await heygen.v2.photo_avatars.add_looks(
            group_id,
            image_keys=photos.keys[start : start + _KEYS_A_CALL],
            name=name,
            generation_id=photos.generation_id,
        )
        steps.made += [f"look {job.id}" for job in jobs]
        looks += await _together(*(job.wait() for job in jobs))
    return looks
