"""Avatars: https://developers.heygen.com/docs/create-avatar."""

from typing import Any

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.errors import HeyGenError
from heygen_async.models import AvatarGroup, AvatarLook, CreateAvatar, CreatedAvatar
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import avatars as routes
from heygen_async.wire.statuses import Verdict, verdict


class Avatars(Resource):
    """``heygen.avatars``: people, and what a video shows of them."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._looks: JobKind[AvatarLook] = JobKind(
            "avatar",
            read=self.get_look,
            state=_state,
            expected=60.0,
            timeout=6 * 3600.0,
            file="preview_image_url",
            suffix=".jpg",
        )

    async def create(
        self,
        request: CreateAvatar,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[AvatarLook]:
        """Starts an avatar from a photo, footage, or words. Billed per call.

        Args:
            request: ``PhotoAvatar``, ``DigitalTwin`` or ``PromptAvatar``.
            idempotency_key: Your own key; the same key and body give the same avatar for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the look can be used in a video. Its ``created`` holds the look
            as it was first, with its ``group_id``.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-avatar
        """
        created = await self._post(
            routes.AVATARS_CREATE,
            CreatedAvatar,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        look = created.avatar_item
        if look is None:
            raise HeyGenError("HeyGen answered a new avatar without a look")
        return self._new_job(self._looks, look.id, look)

    async def get_look(self, look_id: str) -> AvatarLook:
        """Reads a look.

        Args:
            look_id: The look.

        Raises:
            NotFoundError: There is no such look.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-avatar-look
        """
        ids = {"look_id": check_id("look_id", look_id)}
        return self._tools.remember(await self._read(routes.AVATARS_GET_LOOK, AvatarLook, ids=ids))

    async def get_group(self, group_id: str) -> AvatarGroup:
        """Reads a group.

        Args:
            group_id: The group.

        Raises:
            NotFoundError: There is no such group.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-avatar-group
        """
        ids = {"group_id": check_id("group_id", group_id)}
        return await self._read(routes.AVATARS_GET_GROUP, AvatarGroup, ids=ids)

    def job(self, look_id: str) -> Job[AvatarLook]:
        """A handle on a look that is being made, from its id alone.

        Args:
            look_id: The look.
        """
        return self._job(self._looks, check_id("look_id", look_id))


def _state(look: AvatarLook) -> JobState:
    word = verdict("avatar", look.status)
    if word is Verdict.DONE and look.status is not None and not look.preview_image_url:
        # The word comes a moment before the picture, and only then can a video use the look.
        word = Verdict.RUNNING
    return JobState(
        status=look.status or "ready",
        verdict=word,
        failure_code=look.error.code if look.error else None,
        failure_message=look.error.message if look.error else None,
    )
