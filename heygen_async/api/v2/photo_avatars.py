"""Photo avatars of v2: https://docs.heygen.com/docs/create-and-train-photo-avatar-groups."""

from collections.abc import Sequence
from typing import Any

from heygen_async.api.job import Job, JobKind
from heygen_async.api.resource import Toolbox
from heygen_async.api.v2 import photo_jobs
from heygen_async.api.v2.photo_looks import PhotoLooks
from heygen_async.models.v2 import (
    AddedLooks,
    AddLooks,
    CreateGroup,
    GenerateLook,
    GeneratePhotos,
    Generation,
    GroupRef,
    PhotoLook,
    StartedGeneration,
    Training,
)
from heygen_async.models.v2.photo_avatars import KEYS_A_CALL
from heygen_async.wire.arguments import listed, must_be
from heygen_async.wire.encode import encode
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import photo_avatars as routes


class PhotoAvatars(PhotoLooks):
    """``heygen.v2.photo_avatars``: from photos to a trained group, and its looks."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._generations: JobKind[Generation] = photo_jobs.generations(self.get_generation)
        self._trainings: JobKind[Training] = photo_jobs.trainings(self.get_training, sent=False)
        self._sent_trainings: JobKind[Training] = photo_jobs.trainings(self.get_training, sent=True)

    async def generate_photos(
        self, request: GeneratePhotos, *, extra_body: dict[str, Any] | None = None
    ) -> Job[Generation]:
        """Starts four AI photos of a person who does not exist. Costs 1 credit.

        Args:
            request: All eight attributes.
            extra_body: Fields that are newer than this library.

        Returns:
            A job whose result holds the pictures' addresses and keys.

        Raises:
            InvalidRequestError: An attribute is not one that HeyGen knows. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/generate-photo-avatar-photos
        """
        must_be(request, GeneratePhotos)
        reply = await self._post(
            routes.V2_PHOTOS_GENERATE, StartedGeneration, request, extra_body=extra_body
        )
        return self._new_job(self._generations, reply.generation_id)

    async def get_generation(self, generation_id: str) -> Generation:
        """Reads a generation of photos or looks.

        Args:
            generation_id: The generation.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.get_look``.

        https://docs.heygen.com/reference/check-photo-look-generation-status
        """
        ids = {"generation_id": check_id("generation_id", generation_id)}
        return await self._read(routes.V2_PHOTOS_GET_GENERATION, Generation, ids=ids)

    async def create_group(
        self,
        *,
        name: str,
        image_key: str,
        generation_id: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[PhotoLook]:
        """Makes a group from a first photo.

        Args:
            name: Name of the person.
            image_key: ``image_key`` of an upload or of a generated photo.
            generation_id: The generation that the key came from; for generated photos.
            extra_body: Fields that are newer than this library.

        Returns:
            A job on the first look, whose id is the group's id too.

        Raises:
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/create-photo-avatar-group
        """
        request = CreateGroup(name=name, image_key=image_key, generation_id=generation_id)
        look = await self._post(
            routes.V2_PHOTOS_CREATE_GROUP, PhotoLook, request, extra_body=extra_body
        )
        return self._new_job(self._looks, look.id, look)

    async def add_looks(
        self,
        group_id: str,
        *,
        image_keys: Sequence[str],
        name: str,
        generation_id: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> list[Job[PhotoLook]]:
        """Adds photos to a group: any number of them, four a request.

        Args:
            group_id: The group.
            image_keys: Keys of the photos, at least one.
            name: Name of the looks.
            generation_id: The generation that the keys came from; for generated photos.
            extra_body: Fields that are newer than this library.

        Returns:
            A job for each look, in the order of the keys.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call. Its note names the looks that earlier requests have made.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/add-looks-to-photo-avatar-group
        """
        check_id("group_id", group_id)
        listed("image_keys", image_keys, str)
        keys = list(image_keys)
        requests = [
            AddLooks(
                group_id=group_id,
                image_keys=keys[start : start + KEYS_A_CALL],
                name=name,
                generation_id=generation_id,
            )
            for start in range(0, len(keys) or 1, KEYS_A_CALL)
        ]
        for request in requests:
            encode(request, extra_body)  # what is wrong is refused before any look is made
        made: list[PhotoLook] = []
        for number, request in enumerate(requests):
            try:
                reply = await self._post(
                    routes.V2_PHOTOS_ADD_LOOKS, AddedLooks, request, extra_body=extra_body
                )
            except BaseException as problem:
                if made:
                    names = ", ".join(look.id for look in made)
                    problem.add_note(
                        f"the first {number * KEYS_A_CALL} of {len(keys)} image_keys are looks"
                        f" already, and stay: {names}"
                    )
                raise
            made += reply.photo_avatar_list
        return [self._new_job(self._looks, look.id, look) for look in made]

    async def train(
        self, group_id: str, *, extra_body: dict[str, Any] | None = None
    ) -> Job[Training]:
        """Starts the training of a group, which its looks need for new looks. Costs 4 credits.

        Args:
            group_id: The group.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when new looks can be generated. It is lost when HeyGen calls the group
            ``empty``, which means untrained, for a whole minute.

        Raises:
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/train-photo-avatar-group
        """
        # The answer is null, or holds an id that nothing takes.
        request = GroupRef(group_id=check_id("group_id", group_id))
        await self._post(routes.V2_PHOTOS_TRAIN, object, request, extra_body=extra_body)
        return self._new_job(self._sent_trainings, group_id)

    async def get_training(self, group_id: str) -> Training:
        """Reads how far the training of a group is.

        Args:
            group_id: The group.

        Raises:
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/get-training-job-status
        """
        ids = {"group_id": check_id("group_id", group_id)}
        return await self._read(routes.V2_PHOTOS_GET_TRAINING, Training, ids=ids)

    async def generate_look(
        self, request: GenerateLook, *, extra_body: dict[str, Any] | None = None
    ) -> Job[Generation]:
        """Starts new looks of a trained group. Costs 1 credit.

        Args:
            request: The group, and what the look is like.
            extra_body: Fields that are newer than this library.

        Returns:
            A job whose result holds the pictures' keys, for ``add_looks``.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/generate-photo-avatar-looks
        """
        must_be(request, GenerateLook)
        reply = await self._post(
            routes.V2_PHOTOS_GENERATE_LOOK, StartedGeneration, request, extra_body=extra_body
        )
        return self._new_job(self._generations, reply.generation_id)

    async def delete_group(self, group_id: str) -> None:
        """Deletes a group with all of its looks for good.

        Args:
            group_id: The group.

        Raises:
            NotFoundError: There is no such group, or not any more.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.delete_group``.

        https://docs.heygen.com/reference/delete-photo-avatar-group
        """
        await self._delete(routes.V2_PHOTOS_DELETE_GROUP, group_id=check_id("group_id", group_id))

    def generation_job(self, generation_id: str) -> Job[Generation]:
        """A handle on a generation from its id alone.

        Args:
            generation_id: The generation.
        """
        return self._job(self._generations, check_id("generation_id", generation_id))

    def training_job(self, group_id: str, *, sent: bool = False) -> Job[Training]:
        """A handle on the training of a group from the group's id alone.

        Args:
            group_id: The group.
            sent: Whether it was sent to training, perhaps a moment ago: then a minute may pass
                before HeyGen knows of it. Else it is a failed job while HeyGen calls it ``empty``.
        """
        kind = self._sent_trainings if sent else self._trainings
        return self._job(kind, check_id("group_id", group_id))
