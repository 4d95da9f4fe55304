"""Avatars of v1 and v2: https://docs.heygen.com/reference/list-avatars-v2."""

import builtins
from typing import Any

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Toolbox
from heygen_async.api.v2.paging import LegacyResource
from heygen_async.models.v2 import (
    AvatarCatalogue,
    AvatarV1,
    CreateDigitalTwin,
    LegacyAvatarDetails,
    LegacyAvatarGroup,
    LegacyAvatarLook,
    LegacyTwin,
)
from heygen_async.wire.arguments import must_be, yes_or_no
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import avatars as routes
from heygen_async.wire.statuses import verdict


class LegacyAvatars(LegacyResource):
    """``heygen.v2.avatars``: who can be seen."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._twins: JobKind[LegacyTwin] = JobKind(
            "digital twin",
            read=self.get_digital_twin,
            state=_state,
            expected=1800.0,
            timeout=24 * 3600.0,
        )

    async def list(self) -> AvatarCatalogue:
        """Every avatar and every talking photo, in one answer of often more than 1,000.

        It may take long: ``heygen.with_options(timeout=120).v2.avatars.list()``.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.list_looks``.

        https://docs.heygen.com/reference/list-avatars-v2
        """
        return await self._read(routes.V2_AVATARS_LIST, AvatarCatalogue)

    async def list_v1(self) -> builtins.list[AvatarV1]:
        """Every avatar as v1 describes it, in one answer. What that looks like is unconfirmed.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.list_looks``.

        https://docs.heygen.com/reference/list-avatars-v1
        """
        return await self._all(routes.V2_AVATARS_LIST_V1, AvatarV1)

    async def get(self, avatar_id: str) -> LegacyAvatarDetails:
        """Reads an avatar: among others the voice that fits it.

        Args:
            avatar_id: The avatar; not a group.

        Raises:
            NotFoundError: There is no such avatar.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.get_look``.

        https://docs.heygen.com/reference/retrieve-avatar-details
        """
        ids = {"avatar_id": check_id("avatar_id", avatar_id)}
        return await self._read(routes.V2_AVATARS_GET, LegacyAvatarDetails, ids=ids)

    async def list_groups(
        self, *, include_public: bool | None = None
    ) -> builtins.list[LegacyAvatarGroup]:
        """The groups of avatars: people and characters. A group's id is no ``avatar_id``.

        Args:
            include_public: Whether HeyGen's own are listed too; not when left out.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.list_groups``.

        https://docs.heygen.com/reference/list-all-avatar-groups
        """
        yes_or_no("include_public", include_public)
        query = {"include_public": include_public}
        return await self._all(routes.V2_AVATARS_LIST_GROUPS, LegacyAvatarGroup, query=query)

    async def list_looks(self, group_id: str) -> builtins.list[LegacyAvatarLook]:
        """The looks of a group: photos, video avatars, or both.

        Args:
            group_id: The group.

        Raises:
            NotFoundError: There is no such group.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.list_looks``.

        https://docs.heygen.com/reference/list-all-avatars-in-one-avatar-group
        """
        ids = {"group_id": check_id("group_id", group_id)}
        return await self._all(routes.V2_AVATARS_LIST_LOOKS, LegacyAvatarLook, ids=ids)

    async def create_digital_twin(
        self, request: CreateDigitalTwin, *, extra_body: dict[str, Any] | None = None
    ) -> Job[LegacyTwin]:
        """Starts a digital twin from footage; only for Enterprise plans.

        A video of it costs twice as much as one of a photo avatar.

        Args:
            request: Addresses of the footage and of the recorded consent.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when videos can show the twin, which may take hours.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            ForbiddenError: The plan does not include it.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/submit-video-avatar-creation-request
        """
        must_be(request, CreateDigitalTwin)
        twin = await self._post(
            routes.V2_AVATARS_CREATE_TWIN, LegacyTwin, request, extra_body=extra_body
        )
        return self._new_job(self._twins, twin.avatar_id, twin)

    async def get_digital_twin(self, avatar_id: str) -> LegacyTwin:
        """Reads how far a digital twin is. What the answer holds is unconfirmed.

        Args:
            avatar_id: The twin.

        Raises:
            NotFoundError: There is no such twin.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.get_look``.

        https://docs.heygen.com/reference/check-video-avatar-generation-status
        """
        ids = {"avatar_id": check_id("avatar_id", avatar_id)}
        return await self._read(routes.V2_AVATARS_GET_TWIN, LegacyTwin, ids=ids)

    async def delete_digital_twin(self, avatar_id: str) -> None:
        """Deletes a digital twin. That HeyGen answers nothing is unconfirmed.

        Args:
            avatar_id: The twin.

        Raises:
            NotFoundError: There is no such twin, or not any more.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.delete_look``.

        https://docs.heygen.com/reference/delete-video-avatar
        """
        await self._delete(
            routes.V2_AVATARS_DELETE_TWIN, avatar_id=check_id("avatar_id", avatar_id)
        )

    def digital_twin_job(self, avatar_id: str) -> Job[LegacyTwin]:
        """A handle on a digital twin from its id alone, in any process.

        Args:
            avatar_id: The twin.
        """
        return self._job(self._twins, check_id("avatar_id", avatar_id))


def _state(twin: LegacyTwin) -> JobState:
    return JobState(
        status=twin.status,
        verdict=verdict("digital twin", twin.status),
        failure_message=twin.error,
    )
