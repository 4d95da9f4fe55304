"""Planner: HeyGen's walkthroughs as one call each; those of v2 are here."""

from collections.abc import Callable
from functools import partial

from heygen_async.models.v2 import AvatarCharacter
from heygen_async.orchestrator.avatar_videos import avatar_video
from heygen_async.orchestrator.estimates import Costed, Estimate, check_quota, estimate
from heygen_async.orchestrator.maker import Maker
from heygen_async.orchestrator.making import Target
from heygen_async.orchestrator.photo_avatars import PhotoAvatarWalk
from heygen_async.orchestrator.plans import (
    PhotoAvatarMade,
    PhotoAvatarPlan,
    PhotoAvatarResult,
    VideoPlan,
    VideoResult,
    check_photo_avatar,
    check_video,
)
from heygen_async.orchestrator.records import alone, keeper
from heygen_async.orchestrator.steps import Steps


class Planner(Maker):
    """What an orchestrator makes in one call; the rows of ``render`` share its bounds."""

    async def photo_avatar(
        self,
        plan: PhotoAvatarPlan,
        *,
        made: PhotoAvatarMade | None = None,
        keep: Callable[[PhotoAvatarMade], object] | None = None,
        preflight: bool = True,
    ) -> PhotoAvatarResult:
        """A trained v2 photo avatar from photos or from words, and a video of it, in one call.

        Upload or generate photos, make the group, add the other photos four at a time, train and
        wait, generate looks, make the chosen one larger, add motion and sound, let it speak, and
        download the video. Leaving the orchestrator's block does not end a plan that another task
        runs: cancel that task.

        Args:
            plan: What it is to be.
            made: Filled with what is made; what an earlier call has filled is not made again. What
                was sent and not answered stops the next call, until you have looked for it.
            keep: Called with ``made`` before anything is sent that makes something, and after every
                change: whoever writes it down there can go on even when the process is killed.
            preflight: Whether the quota is read first, and must cover the estimate.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``.
            InvalidRequestError: The plan has neither photos nor a description, or both, or asks for
                something that HeyGen would refuse; or ``made.unknown`` is not empty. Nothing was
                paid. Only a ``chosen`` that is beyond the AI photos is found when those are there.
            TargetError: The video's file cannot be made. Nothing was sent.
            CreditShortageError: The quota does not cover what is left to do. Nothing was made.
            JobFailedError: A step failed at HeyGen, or made no pictures; the error names the job.
            OutcomeUnknownError: A step was sent and not answered: it may be billed.
            HeyGenError: As every call. Every error has a note with the step, the steps before it,
                the ids of what was made so far, and the credits that were paid; so has a
                cancellation, which ends the plan before anything else is sent.

        https://docs.heygen.com/docs/create-and-train-photo-avatar-groups
        """
        self._check_entered()
        made = PhotoAvatarMade() if made is None else made
        check_photo_avatar(plan, made)
        walk = PhotoAvatarWalk(
            self._heygen,
            plan,
            made,
            bounds=self._bounds,
            steps=Steps(
                "photo avatar",
                plan.name,
                world=self._world,
                events=self._events,
                unknown=made.unknown,
                changed=partial(keeper(keep), made),
            ),
        )
        with alone(made):
            async with self._claimed(_target(plan.video)):
                await walk.look_around()
                if preflight:
                    cost = estimate(plan, made=made)
                    await check_quota(self._heygen, f"photo avatar {plan.name!r}", cost)
                return await walk.walk()

    async def avatar_video(
        self,
        avatar_id: str,
        plan: VideoPlan,
        *,
        keep: Callable[[str], object] | None = None,
        preflight: bool = True,
    ) -> VideoResult:
        """A v2 video of an avatar that is there, in its own voice, in one call.

        Read the avatar, take its default voice, generate the video, wait for it, and download it.

        Args:
            avatar_id: A video avatar, or a look of a photo avatar; not a group.
            plan: What it says, and where the video goes.
            keep: Called with the video's id as soon as there is one.
            preflight: Whether the quota is read first, and must cover the estimate.

        Raises:
            ConfigError: The orchestrator was not entered with ``async with``.
            InvalidRequestError: HeyGen would refuse the plan, or has no voice that fits the avatar
                when it has none of its own. Nothing was paid.
            TargetError: The file cannot be made. Nothing was sent.
            NotFoundError: There is no such avatar.
            CreditShortageError: The quota does not cover the video. Nothing was paid.
            JobFailedError: HeyGen gave up on the video.
            OutcomeUnknownError: The request was sent and not answered: it may be billed.
            HeyGenError: As every call. Every error, and a cancellation, has a note with the step,
                and the video's id if there is one: ``heygen.v2.videos.job(id).download(...)`` goes
                on with it.

        https://docs.heygen.com/docs/create-video
        """
        self._check_entered()
        check_video(plan, AvatarCharacter(avatar_id=avatar_id))
        steps = Steps("video of avatar", avatar_id, world=self._world, events=self._events)
        async with self._claimed(_target(plan)):
            return await avatar_video(
                self._heygen,
                avatar_id,
                plan,
                keep=keeper(keep),
                preflight=preflight,
                bounds=self._bounds,
                steps=steps,
            )

    async def check_quota(self, *work: Costed) -> Estimate:
        """Compares what some work costs with what is left. Nothing is paid.

        The quota of v2 is read for what costs credits, the balance of v3 for what costs dollars.

        Args:
            work: Plans and requests, as ``estimate`` takes them.

        Returns:
            The estimate, which what is left covers.

        Raises:
            CreditShortageError: It does not.
            InvalidRequestError: A request is one that HeyGen would refuse.
            HeyGenError: As every call.

        https://docs.heygen.com/reference/get-remaining-quota-v2
        """
        cost = estimate(*work)
        await check_quota(self._heygen, "this", cost)
        return cost


def _target(plan: VideoPlan | None) -> list[Target]:
    """The file that a video is to become, if there is one."""
    return [] if plan is None or plan.target is None else [(plan.target, plan.overwrite)]
