"""What an earlier call of a plan has sent and nobody has answered: it may be made already."""

from contextlib import aclosing, suppress
from typing import Final

from heygen_async.api.resources import Resources
from heygen_async.errors import InvalidRequestError, JobLostError
from heygen_async.models.v2 import TrainingStatus
from heygen_async.orchestrator.plans import PhotoAvatarMade

TRAINING: Final = "training"
LOOKS: Final = "looks"
"""How looks begin that are added to a group."""

_UNTRAINED: Final = frozenset({TrainingStatus.EMPTY, TrainingStatus.FAILED})


async def look_for_training(heygen: Resources, made: PhotoAvatarMade, group_id: str) -> None:
    """Asks a group whether it is trained.

    Args:
        heygen: Is asked.
        made: Takes the answer.
        group_id: The group.

    Raises:
        HeyGenError: As every call.
    """
    avatars = heygen.v2.photo_avatars
    if TRAINING in made.unknown:
        # Until HeyGen shows it, or has not for so long that there is none.
        with suppress(JobLostError):
            async with aclosing(avatars.training_job(group_id, sent=True).updates()) as updates:
                async for _ in updates:
                    break
    training = await avatars.get_training(group_id)
    made.trained = training.status not in _UNTRAINED
    made.unknown[:] = [what for what in made.unknown if what != TRAINING]


async def check_doubts(heygen: Resources, made: PhotoAvatarMade) -> None:
    """Refuses to go on while anything may be made already.

    Looks were not made if the group has none that ``made`` does not know.

    Args:
        heygen: Is asked for the looks of the group.
        made: What was made, and what is in doubt.

    Raises:
        InvalidRequestError: Something may be.
        HeyGenError: As every call.
    """
    hint = "Look for it at HeyGen, write its id into made or let it go, and take it out."
    if made.group_id is not None and any(what.startswith(LOOKS) for what in made.unknown):
        known = {made.group_id, made.upscaled_id, made.moving_id}
        known |= {*made.photos.values(), *made.looks.values()}
        looks = await heygen.v2.avatars.list_looks(made.group_id)
        if strange := [look.id for look in looks if look.id not in known]:
            hint += f" The group has looks that made does not name: {', '.join(strange)}."
        else:
            made.unknown[:] = [what for what in made.unknown if not what.startswith(LOOKS)]
    if made.unknown:
        raise InvalidRequestError(
            "made.unknown", made.unknown, "must be empty before more is made", hint=hint
        )
