"""Avatars: https://developers.heygen.com/docs/create-avatar."""

from typing import Any, Literal

import msgspec

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.errors import DecodeError, NotFoundError
from heygen_async.models import (
    AvatarConsent,
    AvatarGroup,
    AvatarLook,
    CreateAvatar,
    CreateAvatarConsent,
    CreatedAvatar,
    DeletedAvatar,
    UpdateAvatarGroup,
    UpdateAvatarLook,
)
from heygen_async.models.files import FileInput
from heygen_async.wire.calls import Route
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
        self._consents: JobKind[AvatarConsent] = JobKind(
            "consent",
            read=self._read_consent,
            state=_consent_state,
            expected=300.0,
            timeout=24 * 3600.0,
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
            DecodeError: The answer names no look: one is made, and paid, all the same.
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
            raise DecodeError(  # it is paid all the same
                "HeyGen answered a new avatar without a look",
                path="$.data.avatar_item",
                model=CreatedAvatar.__name__,
                raw=msgspec.json.encode(created),
            )
        return self._new_job(self._looks, look.id, look)

    def list_groups(
        self,
        *,
        ownership: Literal["public", "private"] | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[AvatarGroup]:
        """Groups, page by page: ``await`` it for the first page, or iterate over all.

        Args:
            ownership: HeyGen's own (``public``), or yours (``private``); both when left out.
            limit: Groups per page, 1 to 50; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-avatar-groups
        """
        return self._list(
            routes.AVATARS_LIST_GROUPS,
            AvatarGroup,
            limit=limit,
            most=50,
            max_items=max_items,
            query={"ownership": ownership},
        )

    def list_looks(
        self,
        *,
        group_id: str | None = None,
        avatar_type: Literal["studio_avatar", "digital_twin", "photo_avatar"] | None = None,
        ownership: Literal["public", "private"] | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[AvatarLook]:
        """Looks, page by page: ``await`` it for the first page, or iterate over all.

        What is seen here is remembered: a video for a look that does not support its engine is
        then refused before it is sent.

        Args:
            group_id: Only looks of this group.
            avatar_type: Only looks of this kind.
            ownership: HeyGen's own (``public``), or yours (``private``); both when left out.
            limit: Looks per page, 1 to 50; 20 when left out.
            max_items: Stops an iteration after so many.

        Raises:
            InvalidRequestError: ``limit`` is out of bounds.
            HeyGenError: As every call, when a page is read.

        https://developers.heygen.com/reference/list-avatar-looks
        """
        return self._list(
            routes.AVATARS_LIST_LOOKS,
            AvatarLook,
            limit=limit,
            most=50,
            max_items=max_items,
            query={"group_id": group_id, "avatar_type": avatar_type, "ownership": ownership},
            seen=self._tools.remember,
        )

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

    async def update_look(
        self, look_id: str, *, name: str, extra_body: dict[str, Any] | None = None
    ) -> AvatarLook:
        """Renames a look; only photo avatars and digital twins can be renamed.

        Args:
            look_id: The look.
            name: Name to show, at most 255 characters.
            extra_body: Fields that are newer than this library.

        Returns:
            The look as it is now.

        Raises:
            InvalidRequestError: The name is too long. Nothing was sent.
            NotFoundError: There is no such look.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-avatar-look
        """
        look = await self._post(
            routes.AVATARS_UPDATE_LOOK,
            AvatarLook,
            UpdateAvatarLook(name=name),
            ids={"look_id": check_id("look_id", look_id)},
            extra_body=extra_body,
        )
        return self._tools.remember(look)

    async def update_group(
        self, group_id: str, *, default_voice_id: str, extra_body: dict[str, Any] | None = None
    ) -> AvatarGroup:
        """Gives a group another default voice; only your own groups can be changed.

        Args:
            group_id: The group.
            default_voice_id: Voice of videos that name none, at most 255 characters; any voice
                of the workspace, clones included.
            extra_body: Fields that are newer than this library.

        Returns:
            The group as it is now.

        Raises:
            InvalidRequestError: The id is too long. Nothing was sent.
            ForbiddenError: The group is not yours, or the voice cannot be used.
            NotFoundError: There is no such group.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/update-avatar-group
        """
        return await self._post(
            routes.AVATARS_UPDATE_GROUP,
            AvatarGroup,
            UpdateAvatarGroup(default_voice_id=default_voice_id),
            ids={"group_id": check_id("group_id", group_id)},
            extra_body=extra_body,
        )

    async def delete_look(self, look_id: str) -> None:
        """Deletes a look for good. With its last look a group is gone too.

        Args:
            look_id: The look: a photo avatar or a digital twin, not a studio avatar.

        Raises:
            ForbiddenError: The look cannot be deleted.
            NotFoundError: There is no such look, or not any more.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-avatar-look
        """
        await self._delete(routes.AVATARS_DELETE_LOOK, look_id=check_id("look_id", look_id))
        self._tools.looks.pop(look_id, None)

    async def delete_group(self, group_id: str) -> None:
        """Deletes a group with all of its looks for good.

        Args:
            group_id: The group, one of your own.

        Raises:
            BadRequestError: The group cannot be deleted.
            NotFoundError: There is no such group, or not any more.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-avatar-group
        """
        await self._delete(routes.AVATARS_DELETE_GROUP, group_id=check_id("group_id", group_id))

    async def _delete(self, route: Route, **ids: str) -> None:
        try:
            await self._read(route, DeletedAvatar, ids=ids)
        except NotFoundError as problem:
            # A repeat finds nothing because the attempt before it was carried out.
            if problem.attempts == 1:
                raise

    async def create_consent(
        self,
        group_id: str,
        *,
        reroute_url: str | None = None,
        consent_text: str | None = None,
        consent_video: FileInput | None = None,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[AvatarConsent]:
        """Asks the person that a digital twin shows for their consent.

        Send the person to ``job.created.url``, and ``wait(for_person=True)``: until somebody
        consents there, no video can be made of the twin.

        Args:
            group_id: The group of the twin.
            reroute_url: Where the page leads after the consent; HeyGen's own page when left out.
            consent_text: Text of the page instead of HeyGen's, plain, at most 1,000 characters;
                for select enterprise customers.
            consent_video: A recorded consent, uploaded by itself and reviewed at once: there is
                no page then, and neither ``reroute_url`` nor ``consent_text``; for enterprise
                customers.
            idempotency_key: Your own key; the same key gives the same page for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the consent is given. Its ``created`` holds the ``url`` of the
            page, which works for 24 hours and one recording.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            NotFoundError: There is no such group.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-avatar-consent
        """
        created = await self._post(
            routes.AVATARS_CREATE_CONSENT,
            AvatarConsent,
            CreateAvatarConsent(
                reroute_url=reroute_url, consent_text=consent_text, consent_video=consent_video
            ),
            ids={"group_id": check_id("group_id", group_id)},
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        return self._new_job(self._consents, group_id, created)

    async def _read_consent(self, group_id: str) -> AvatarConsent:
        return AvatarConsent(avatar_group=await self.get_group(group_id))

    def consent_job(self, group_id: str) -> Job[AvatarConsent]:
        """A handle on the consent for a group, from its id alone.

        Args:
            group_id: The group.
        """
        return self._job(self._consents, check_id("group_id", group_id))

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


def _consent_state(consent: AvatarConsent) -> JobState:
    word = consent.avatar_group.consent_status
    return JobState(status=word or "not_needed", verdict=verdict("consent", word))
