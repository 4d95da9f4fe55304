"""Photo avatars of v2: https://docs.heygen.com/docs/create-and-train-photo-avatar-groups."""

from collections.abc import Sequence

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models.v2 import (
    AddedLooks,
    AddLooks,
    CreateGroup,
    GenerateLook,
    GeneratePhotos,
    Generation,
    GroupRef,
    LookRef,
    NewLook,
    PhotoLook,
    SoundEffect,
    StartedGeneration,
    Training,
)
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import photo_avatars as routes
from heygen_async.wire.statuses import Verdict, verdict


class PhotoAvatars(Resource):
    """``heygen.v2.photo_avatars``: from photos to a trained group, and its looks."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._generations: JobKind[Generation] = JobKind(
            "photo generation",
            read=self.get_generation,
            state=_generation_state,
            expected=30.0,
            timeout=1800.0,
        )
        self._trainings: JobKind[Training] = JobKind(
            "training",
            read=self.get_training,
            state=_training_state,
            expected=240.0,
            timeout=2 * 3600.0,
        )
        self._looks: JobKind[PhotoLook] = JobKind(
            "photo look",
            read=self.get,
            state=_look_state,
            expected=20.0,
            timeout=1800.0,
            file="image_url",
            suffix=".jpg",
        )

    async def generate_photos(self, request: GeneratePhotos) -> Job[Generation]:
        """Starts four AI photos of a person who does not exist. Costs 1 credit.

        Args:
            request: All eight attributes.

        Returns:
            A job whose result holds the pictures' addresses and keys.

        Raises:
            InvalidRequestError: An attribute is not one that HeyGen knows. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/generate-photo-avatar-photos
        """
        reply = await self._post(routes.V2_PHOTOS_GENERATE, StartedGeneration, request)
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
        self, *, name: str, image_key: str, generation_id: str | None = None
    ) -> Job[PhotoLook]:
        """Makes a group from a first photo.

        Args:
            name: Name of the person.
            image_key: ``image_key`` of an upload or of a generated photo.
            generation_id: The generation that the key came from; for generated photos.

        Returns:
            A job on the first look, whose id is the group's id too.

        Raises:
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/create-photo-avatar-group
        """
        request = CreateGroup(name=name, image_key=image_key, generation_id=generation_id)
        look = await self._post(routes.V2_PHOTOS_CREATE_GROUP, PhotoLook, request)
        return self._new_job(self._looks, look.id, look)

    async def add_looks(
        self,
        group_id: str,
        *,
        image_keys: Sequence[str],
        name: str,
        generation_id: str | None = None,
    ) -> list[Job[PhotoLook]]:
        """Adds photos to a group.

        Args:
            group_id: The group.
            image_keys: One to four keys a call.
            name: Name of the looks.
            generation_id: The generation that the keys came from; for generated photos.

        Returns:
            A job for each look, in the order of the keys.

        Raises:
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/add-looks-to-photo-avatar-group
        """
        request = AddLooks(
            group_id=group_id, image_keys=list(image_keys), name=name, generation_id=generation_id
        )
        reply = await self._post(routes.V2_PHOTOS_ADD_LOOKS, AddedLooks, request)
        return [self._new_job(self._looks, look.id, look) for look in reply.photo_avatar_list]

    async def train(self, group_id: str) -> Job[Training]:
        """Starts the training of a group, which its looks need for new looks. Costs 4 credits.

        Args:
            group_id: The group.

        Returns:
            A job that ends when new looks can be generated.

        Raises:
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/train-photo-avatar-group
        """
        # The answer is null, or holds an id that nothing takes.
        await self._post(routes.V2_PHOTOS_TRAIN, object, GroupRef(group_id=group_id))
        return self._new_job(self._trainings, group_id)

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

    async def generate_look(self, request: GenerateLook) -> Job[Generation]:
        """Starts new looks of a trained group. Costs 1 credit.

        Args:
            request: The group, and what the look is like.

        Returns:
            A job whose result holds the pictures' keys, for ``add_looks``.

        Raises:
            InvalidRequestError: A field is wrong. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.create``.

        https://docs.heygen.com/reference/generate-photo-avatar-looks
        """
        reply = await self._post(routes.V2_PHOTOS_GENERATE_LOOK, StartedGeneration, request)
        return self._new_job(self._generations, reply.generation_id)

    async def add_motion(self, look_id: str) -> Job[PhotoLook]:
        """Starts a moving copy of a look. Costs 1 credit.

        Args:
            look_id: The look; it stays as it is.

        Returns:
            A job on the new look.

        Raises:
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/add-motion
        """
        reply = await self._post(routes.V2_PHOTOS_ADD_MOTION, NewLook, LookRef(id=look_id))
        return self._new_job(self._looks, reply.id)

    async def add_sound_effect(self, look_id: str) -> SoundEffect:
        """Adds a background sound to a look.

        Args:
            look_id: The look.

        Raises:
            OutcomeUnknownError: It was sent and not answered.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/add-sound-effect
        """
        reply = await self._post(routes.V2_PHOTOS_ADD_SOUND, _OPTIONAL_SOUND, LookRef(id=look_id))
        return reply or SoundEffect()

    async def get(self, look_id: str) -> PhotoLook:
        """Reads a look. Its picture's address is made anew by every read.

        Args:
            look_id: The look.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.avatars.get_look``.

        https://docs.heygen.com/reference/get-photo-avatar-details
        """
        ids = {"look_id": check_id("look_id", look_id)}
        return await self._read(routes.V2_PHOTOS_GET, PhotoLook, ids=ids)

    def job(self, look_id: str) -> Job[PhotoLook]:
        """A handle on a look from its id alone.

        Args:
            look_id: The look.
        """
        return self._job(self._looks, check_id("look_id", look_id))

    def generation_job(self, generation_id: str) -> Job[Generation]:
        """A handle on a generation from its id alone.

        Args:
            generation_id: The generation.
        """
        return self._job(self._generations, check_id("generation_id", generation_id))

    def training_job(self, group_id: str) -> Job[Training]:
        """A handle on the training of a group from the group's id alone.

        Args:
            group_id: The group.
        """
        return self._job(self._trainings, check_id("group_id", group_id))


_OPTIONAL_SOUND: type[SoundEffect | None] = SoundEffect | None  # type: ignore[assignment]


def _generation_state(generation: Generation) -> JobState:
    return JobState(
        status=generation.status,
        verdict=verdict("photo generation", generation.status),
        failure_message=generation.msg,
    )


def _training_state(training: Training) -> JobState:
    word = verdict("training", training.status)
    if training.error_msg and word is Verdict.RUNNING:
        word = Verdict.FAILED
    never = "the group was never sent to training" if training.status == "empty" else None
    return JobState(
        status=training.status, verdict=word, failure_message=training.error_msg or never
    )


def _look_state(look: PhotoLook) -> JobState:
    word = verdict("photo look", look.status)
    if word is Verdict.DONE and look.is_motion and not look.motion_preview_url:
        word = Verdict.RUNNING
    return JobState(status=look.status, verdict=word, failure_message=look.moderation_msg)
