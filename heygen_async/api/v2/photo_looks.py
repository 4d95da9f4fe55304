"""Looks of photo avatars, one by one: https://docs.heygen.com/reference/get-photo-avatar-details."""

from typing import Any, Final

from heygen_async.api.job import Job, JobKind
from heygen_async.api.resource import Toolbox
from heygen_async.api.v2 import photo_jobs
from heygen_async.api.v2.paging import LegacyResource, optional
from heygen_async.errors import InvalidRequestError
from heygen_async.models import Request
from heygen_async.models.v2 import AddMotion, LookRef, NewLook, PhotoLook, SoundEffect
from heygen_async.wire.calls import Route
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import photo_avatars as routes

# What lies where a look's id would stand.
_RESERVED: Final = frozenset(
    {
        "add_motion",
        "add_sound_effect",
        "avatar_group",
        "generation",
        "look",
        "photo",
        "train",
        "upscale",
    }
)


class PhotoLooks(LegacyResource):
    """What ``heygen.v2.photo_avatars`` does with one look."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._looks: JobKind[PhotoLook] = photo_jobs.looks(self.get)

    async def get(self, look_id: str) -> PhotoLook:
        """Reads a look. Its picture's address is made anew by every read.

        Args:
            look_id: The look.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.get_look``.

        https://docs.heygen.com/reference/get-photo-avatar-details
        """
        ids = {"look_id": _look(look_id)}
        return await self._read(routes.V2_PHOTOS_GET, PhotoLook, ids=ids)

    def job(self, look_id: str) -> Job[PhotoLook]:
        """A handle on a look from its id alone.

        Args:
            look_id: The look.
        """
        return self._job(self._looks, _look(look_id))

    async def add_motion(
        self,
        look_id: str,
        *,
        prompt: str | None = None,
        motion_type: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[PhotoLook]:
        """Starts a moving copy of a look. Costs 1 credit.

        Args:
            look_id: The look; it stays as it is.
            prompt: How it moves, in words.
            motion_type: The model that moves it, such as ``veo2``; HeyGen chooses when left out.
            extra_body: Fields that are newer than this library.

        Returns:
            A job on the new look.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/add-motion
        """
        request = AddMotion(id=_look(look_id), prompt=prompt, motion_type=motion_type)
        return await self._copy(routes.V2_PHOTOS_ADD_MOTION, request, extra_body)

    async def upscale(
        self, look_id: str, *, extra_body: dict[str, Any] | None = None
    ) -> Job[PhotoLook]:
        """Starts a larger copy of a look, which is read first. Costs 0.5 credits.

        Args:
            look_id: The look; it stays as it is.
            extra_body: Fields that are newer than this library.

        Returns:
            A job on the new look.

        Raises:
            InvalidRequestError: HeyGen says that the look cannot be made larger, and why. Nothing
                was sent that costs.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/upscale-an-avatar
        """
        can = (await self.get(look_id)).upscale_availability
        if can is not None and not can.available:
            why = can.reason or "HeyGen gives no reason"
            raise InvalidRequestError("look_id", look_id, f"cannot be made larger ({why})")
        return await self._copy(routes.V2_PHOTOS_UPSCALE, LookRef(id=look_id), extra_body)

    async def _copy(
        self, route: Route, request: Request, extra_body: dict[str, Any] | None
    ) -> Job[PhotoLook]:
        reply = await self._post(route, NewLook, request, extra_body=extra_body)
        return self._new_job(self._looks, reply.id)

    async def add_sound_effect(
        self, look_id: str, *, extra_body: dict[str, Any] | None = None
    ) -> SoundEffect:
        """Adds a background sound to a look. Costs nothing.

        Args:
            look_id: The look.
            extra_body: Fields that are newer than this library.

        Raises:
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/add-sound-effect
        """
        request = LookRef(id=_look(look_id))
        reply = await self._post(
            routes.V2_PHOTOS_ADD_SOUND, optional(SoundEffect), request, extra_body=extra_body
        )
        return reply or SoundEffect()

    async def delete(self, look_id: str) -> None:
        """Deletes a look for good.

        Args:
            look_id: The look.

        Raises:
            NotFoundError: There is no such look, or not any more.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.delete_look``.

        https://docs.heygen.com/reference/delete-photo-avatar
        """
        await self._delete(routes.V2_PHOTOS_DELETE, look_id=_look(look_id))


def _look(look_id: str) -> str:
    return check_id("look_id", look_id, reserved=_RESERVED)
