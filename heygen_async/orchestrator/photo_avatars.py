"""The photo-avatar walkthrough of v2: from photos, or from words, to a video."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Final, TypeVar

from heygen_async.api.job import Job
from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError, JobFailedError, JobLostError
from heygen_async.models.base import Record
from heygen_async.models.files import UploadSource
from heygen_async.models.v2 import Generation, PhotoLook, TalkingPhoto
from heygen_async.models.v2.photo_avatars import KEYS_A_CALL
from heygen_async.orchestrator.avatar_videos import fetch, film, first_voice
from heygen_async.orchestrator.bounds import Bounds
from heygen_async.orchestrator.doubts import (
    LOOKS,
    TRAINING,
    check_doubts,
    look_for_training,
)
from heygen_async.orchestrator.plans import (
    PhotoAvatarMade,
    PhotoAvatarPlan,
    PhotoAvatarResult,
    VideoPlan,
    VideoResult,
    check_chosen,
    photo_avatar_digests,
)
from heygen_async.orchestrator.steps import Steps, finished, together
from heygen_async.wire import rates

T = TypeVar("T")

_OWN: Final = -1  # number of the look that a group had before its photos were counted


class _Photos(Record):
    """Keys of pictures by their number, and the generation that they came from."""

    keys: Mapping[int, str]
    generation_id: str | None = None


class PhotoAvatarWalk:
    """One walk; what is made is written down in ``made`` at once, and is not made again.

    Args:
        heygen: Makes the calls.
        plan: What is to be made.
        made: What is there already.
        bounds: For its photos, and for the video.
        steps: Told of every step.
    """

    def __init__(
        self,
        heygen: Resources,
        plan: PhotoAvatarPlan,
        made: PhotoAvatarMade,
        *,
        bounds: Bounds,
        steps: Steps,
    ) -> None:
        self._heygen = heygen
        self._avatars = heygen.v2.photo_avatars
        self._plan = plan
        self._made = made
        self._bounds = bounds
        self._steps = steps
        self._any_voice: str | None = None

    async def look_around(self) -> None:
        """Reads what has to be known before anything is paid.

        A group that was there before is asked whether it is trained, and for its looks if some of
        them are in doubt; and a voice is looked for, which speaks if the look turns out to have
        none of its own.

        Raises:
            InvalidRequestError: Something may be made already, or no voice fits.
            HeyGenError: As every call.
        """
        plan, made = self._plan, self._made
        if made.group_id is not None and plan.train and not made.trained:
            await look_for_training(self._heygen, made, made.group_id)
        await check_doubts(self._heygen, made)
        if plan.video is not None and plan.video.voice_id is None and made.video_id is None:
            gender = None if plan.describe is None else plan.describe.gender
            self._any_voice = await first_voice(self._heygen, plan.video, gender=gender)

    async def walk(self) -> PhotoAvatarResult:
        """All steps."""
        plan, step = self._plan, self._steps.step
        async with step("photos"):
            photos = await self._photos()
        async with step("group"):
            group_id, looks = await self._group(photos)
        if plan.train:
            async with step("train"):
                await self._train(group_id)
        if plan.looks:
            async with step("looks"):
                numbers = range(len(plan.looks))
                for found in await together(*(self._look(group_id, each) for each in numbers)):
                    looks += found
        look = self._chosen(looks)
        if plan.upscale:
            async with step("upscale"):
                look = await self._upscaled(look)
                looks.append(look)
        if plan.motion:
            async with step("motion"):
                look = await self._moving(look)
                looks.append(look)
        if plan.sound:
            async with step("sound"):
                await self._avatars.add_sound_effect(look.id)
                look = await self._avatars.get(look.id)
        video = None if plan.video is None else await self._video(plan.video, group_id, look.id)
        return PhotoAvatarResult(group_id=group_id, look=look, looks=looks, video=video)

    # Photos and the group

    async def _photos(self) -> _Photos:
        """The pictures that are not in the group yet."""
        made, describe = self._made, self._plan.describe
        if describe is None:
            return _Photos(keys=await self._uploaded())
        if made.generation_id is not None:
            job = self._avatars.generation_job(made.generation_id)
        elif made.group_id is None:
            job = await self._steps.make(
                partial(self._avatars.generate_photos, describe),
                partial(setattr, made, "generation_id"),
                "photos",
                rates.PHOTO_GENERATION,
            )
        else:
            return _Photos(keys={})
        keys = await _pictures(job, partial(setattr, made, "generation_id", None))
        new = {number: key for number, key in enumerate(keys) if number not in made.photos}
        return _Photos(keys=new, generation_id=job.id)

    async def _uploaded(self) -> dict[int, str]:
        async def upload(photo: UploadSource) -> str:
            async with self._bounds.uploads:
                asset = await self._heygen.v2.assets.upload(photo)
            if asset.image_key is None:
                words = f"must be images, not {asset.file_type}"
                raise InvalidRequestError("photos", asset.name, words)
            return asset.image_key

        photos = enumerate(self._plan.photos)
        new = {number: photo for number, photo in photos if number not in self._made.photos}
        return dict(zip(new, await together(*map(upload, new.values())), strict=True))

    async def _group(self, photos: _Photos) -> tuple[str, list[PhotoLook]]:
        """The group, and its looks that were made of photos."""
        made, keys = self._made, dict(photos.keys)
        looks: dict[int, PhotoLook] = {}
        if made.group_id is None:
            call = partial(
                self._avatars.create_group,
                name=self._plan.name,
                image_key=keys.pop(0),
                generation_id=photos.generation_id,
            )
            job = await self._steps.make(call, self._keep_group, "group")
            looks[0] = await finished(job, self._forget_group)
        else:
            known = made.photos or {_OWN: made.group_id}
            looks |= await self._waited(
                {number: self._avatars.job(look_id) for number, look_id in known.items()},
                made.photos,
            )
        group_id = made.group_id or ""
        new = _Photos(keys=keys, generation_id=photos.generation_id)
        looks |= await self._added(group_id, new, made.photos, "photos")
        check_chosen(self._plan, len(looks) + len(self._plan.looks))
        return group_id, [looks[number] for number in sorted(looks)]

    async def _added(
        self, group_id: str, photos: _Photos, into: dict[int, str], what: str
    ) -> dict[int, PhotoLook]:
        """Adds pictures to the group, and waits for their looks.

        Args:
            group_id: The group.
            photos: The pictures.
            into: Takes the ids of the looks.
            what: What the numbers of the pictures count.
        """
        looks: dict[int, PhotoLook] = {}
        numbers = sorted(photos.keys)
        # What one request has made is written down before the next one goes out.
        for start in range(0, len(numbers), KEYS_A_CALL):
            some = numbers[start : start + KEYS_A_CALL]
            call = partial(
                self._avatars.add_looks,
                group_id,
                image_keys=[photos.keys[number] for number in some],
                name=self._plan.name,
                generation_id=photos.generation_id,
            )
            jobs = await self._steps.make_all(
                call,
                partial(_number, some, into),
                f"{LOOKS} ({what} {', '.join(map(str, some))})",
            )
            looks |= await self._waited(dict(zip(some, jobs, strict=False)), into)
        return looks

    # What it is trained for

    async def _train(self, group_id: str) -> None:
        if self._made.trained:
            job = self._avatars.training_job(group_id, sent=True)
        else:
            job = await self._steps.make(
                partial(self._avatars.train, group_id),
                self._keep_training,
                TRAINING,
                rates.TRAINING,
            )
        try:
            await finished(job, self._forget_training)
        except JobLostError:
            self._forget_training()
            raise

    async def _look(self, group_id: str, number: int) -> list[PhotoLook]:
        """One generated look: of the pictures that HeyGen makes, the first that will do."""
        made = self._made
        if (look_id := made.looks.get(number)) is not None:
            known = {number: self._avatars.job(look_id)}
            return list((await self._waited(known, made.looks)).values())
        if (generation_id := made.pictures.get(number)) is not None:
            job = self._avatars.generation_job(generation_id)
        else:
            request = self._plan.look_request(group_id, self._plan.looks[number])
            job = await self._steps.make(
                partial(self._avatars.generate_look, request),
                partial(self._keep_pictures, number),
                f"pictures (description {number})",
                rates.LOOK_GENERATION,
            )
        *others, last = await _pictures(job, partial(made.pictures.pop, number, None))
        for key in others:
            with suppress(JobFailedError):  # the next picture may do, and is paid already
                return await self._pictured(group_id, number, key, job.id)
        return await self._pictured(group_id, number, last, job.id)

    async def _pictured(
        self, group_id: str, number: int, key: str, generation_id: str
    ) -> list[PhotoLook]:
        """A look of one generated picture."""
        photos = _Photos(keys={number: key}, generation_id=generation_id)
        return list((await self._added(group_id, photos, self._made.looks, "description")).values())

    def _chosen(self, looks: list[PhotoLook]) -> PhotoLook:
        number = self._plan.chosen
        if number is None:
            number = -1 if self._plan.looks else 0
        return looks[number]

    async def _upscaled(self, look: PhotoLook) -> PhotoLook:
        start = partial(self._avatars.upscale, look.id)
        return await self._copied(start, "upscaled_id", "larger look", rates.UPSCALE)

    async def _moving(self, look: PhotoLook) -> PhotoLook:
        start = partial(self._avatars.add_motion, look.id)
        return await self._copied(start, "moving_id", "moving look", rates.MOTION)

    async def _copied(
        self, start: Callable[[], Awaitable[Job[PhotoLook]]], field: str, what: str, cost: float
    ) -> PhotoLook:
        """A copy of a look, whose id has a field of its own in ``made``."""
        keep = partial(setattr, self._made, field)
        known: str | None = getattr(self._made, field)
        if known is not None:
            job = self._avatars.job(known)
        else:
            job = await self._steps.make(start, keep, what, cost)
        return await finished(job, partial(keep, None))

    async def _video(self, plan: VideoPlan, group_id: str, look_id: str) -> VideoResult:
        made, step = self._made, self._steps.step
        forget = partial(setattr, made, "video_id", None)
        if made.video_id is not None:
            job = self._heygen.v2.videos.job(made.video_id)
            async with step("video"):
                video = await finished(job, forget)
            return await fetch(
                job, video, plan, voice_id=None, bounds=self._bounds, steps=self._steps
            )
        async with step("voice"):
            voice_id = plan.voice_id or await self._voice_of(group_id, look_id)
        try:
            return await film(
                self._heygen,
                plan,
                character=TalkingPhoto(talking_photo_id=look_id),
                voice_id=voice_id,
                keep=self._keep_video,
                bounds=self._bounds,
                steps=self._steps,
            )
        except JobFailedError:
            forget()
            raise

    async def _voice_of(self, group_id: str, look_id: str) -> str:
        """The look's own voice, its group's, or any that fits."""
        avatars = self._heygen.v2.avatars
        looks = await avatars.list_looks(group_id)
        own = next((each.default_voice_id for each in looks if each.id == look_id), None)
        if own is None:
            groups = await avatars.list_groups()
            own = next((each.default_voice_id for each in groups if each.id == group_id), None)
        return own or self._any_voice or ""

    # Waiting; what HeyGen gave up on is forgotten, so that the next call makes it anew

    async def _waited(
        self, jobs: Mapping[int, Job[PhotoLook]], into: dict[int, str]
    ) -> dict[int, PhotoLook]:
        looks = await together(
            *(finished(job, partial(into.pop, number, None)) for number, job in jobs.items())
        )
        return dict(zip(jobs, looks, strict=True))

    def _keep_group(self, group_id: str) -> None:
        self._made.group_id = self._made.photos[0] = group_id

    def _forget_group(self) -> None:
        self._made.group_id = None
        self._made.photos.clear()

    def _keep_pictures(self, number: int, generation_id: str) -> None:
        self._made.pictures[number] = generation_id
        self._keep_digest(f"picture {number}")

    def _keep_video(self, video_id: str) -> None:
        self._made.video_id = video_id
        self._keep_digest("video")

    def _keep_digest(self, what: str) -> None:
        self._made.digests[what] = photo_avatar_digests(self._plan)[what]

    def _keep_training(self, _: str) -> None:
        self._made.trained = True

    def _forget_training(self) -> None:
        self._made.trained = False


def _number(numbers: Sequence[int], into: dict[int, str], ids: Sequence[str]) -> None:
    """Takes ids by their numbers."""
    into.update(zip(numbers, ids, strict=False))


async def _pictures(job: Job[Generation], forget: Callable[[], object]) -> list[str]:
    """The keys of what a generation made.

    Raises:
        JobFailedError: It ended well, and made nothing.
    """
    made = await finished(job, forget)
    if not made.image_key_list:
        forget()
        raise JobFailedError(
            kind=job.kind,
            job_id=job.id,
            status=made.status,
            failure_message="it ended without a picture",
        )
    return made.image_key_list
