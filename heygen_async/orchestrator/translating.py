"""Translations of v3: one source into many languages, each with an outcome of its own."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from heygen_async.api.job import Job
from heygen_async.api.languages import TranslationResults
from heygen_async.errors import DecodeError, HeyGenError, InvalidRequestError
from heygen_async.models import (
    AssetId,
    CreatedVideoTranslations,
    CreateVideoTranslation,
    VideoTranslation,
)
from heygen_async.models.files import LinkedFile
from heygen_async.orchestrator.avatar_plans import FinishedVideo
from heygen_async.orchestrator.estimates import dubbed_price
from heygen_async.orchestrator.making import Making, Target
from heygen_async.orchestrator.steps import together
from heygen_async.orchestrator.video_plans import TranslationPlan
from heygen_async.wire.encode import encode


class TranslationWalk:
    """One walk.

    Args:
        plan: What is to be made.
        making: Makes it.
    """

    def __init__(self, plan: TranslationPlan, making: Making) -> None:
        self._plan = plan
        self._making = making
        self._translations = making.heygen.translations

    @property
    def _missing(self) -> list[str]:
        """Languages of which there is no translation yet."""
        ids = self._making.made.ids
        return [each for each in self._plan.output_languages if f"translation {each}" not in ids]

    async def targets(self) -> list[Target]:
        """The files that are still to be made."""
        plan = self._plan
        files: dict[str, Path | None] = {}
        for each in plan.output_languages:
            files[f"translation {each}"] = plan.target(each)
            files[f"translation {each}: captions"] = plan.target(each, ".srt")
        return await self._making.targets(files, overwrite=plan.overwrite)

    async def look_around(self) -> None:
        """Refuses what a later step would fail on, before anything is sent.

        Raises:
            InvalidRequestError: HeyGen would refuse the request or a file, or has no such language.
            NotFoundError: There is no video with ``video_id``.
            HeyGenError: As every call: the languages are read.
        """
        plan, made, missing = self._plan, self._making.made, self._missing
        video = plan.video or AssetId(asset_id=plan.video_id or "")
        request = plan.request(video, missing or plan.output_languages)
        names = [f"translation {each}" for each in plan.output_languages]
        await self._making.check(
            request,
            "translations",
            names,
            media=lambda file: "video/" if file is plan.video else "",
        )
        if not missing:
            return
        if plan.video_id is not None and made.digests.get("source") != plan.video_id:
            await self._making.heygen.videos.get(plan.video_id)
            made.ids.pop("source", None)
        known = await self._translations.list_languages()
        for each in missing:
            if each not in known:
                near = [name for name in known if each.casefold() in name.casefold()]
                raise InvalidRequestError(
                    "output_languages",
                    each,
                    f"is none of HeyGen's {len(known)} languages",
                    hint=f"There is: {', '.join(near)}." if near else None,
                )

    async def walk(self) -> TranslationResults[FinishedVideo[VideoTranslation]]:
        """All steps. One slot is held for all languages: HeyGen lets the others wait for theirs."""
        languages = self._plan.output_languages
        request = await self._missing_request()
        async with self._making.bounds.slots:
            if request is not None:
                await self._started(request)
            ended = await together(*map(self._outcome, languages))
        results: dict[str, FinishedVideo[VideoTranslation]] = {}
        errors: dict[str, HeyGenError] = {}
        for language, outcome in zip(languages, ended, strict=True):
            if isinstance(outcome, HeyGenError):
                errors[language] = outcome
            else:
                results[language] = outcome
        return TranslationResults(results=results, errors=errors)

    async def _missing_request(self) -> CreateVideoTranslation | None:
        """What asks for all that is missing, with its files uploaded."""
        missing = self._missing
        if not missing:
            return None
        async with self._making.steps.step("upload"):
            request = self._plan.request(await self._source(), missing)
            return await self._making.assets(request, "translations")

    async def _started(self, request: CreateVideoTranslation) -> None:
        """All that is missing, in one call."""
        making, made, languages = self._making, self._making.made, request.output_languages
        tries = sum(len(made.failed.get(f"translation {each}", ())) for each in languages)

        async def create() -> list[Job[VideoTranslation]]:
            jobs = list(await self._translations.create(request, idempotency_key=key))
            if len(jobs) == len(languages):
                return jobs
            # What is paid for must stay within reach, also if it cannot be told for what it is.
            making.made.ids |= {f"translation {job.id}": job.id for job in jobs}
            raise DecodeError(
                f"HeyGen answered {len(jobs)} ids to {len(languages)} languages",
                path="$.data.video_translation_ids",
                model=CreatedVideoTranslations.__name__,
                raw=msgspec.json.encode([job.id for job in jobs]),
            )

        def keep(ids: Sequence[str]) -> None:
            for language, each in zip(languages, ids, strict=True):
                making.take(f"translation {language}", each)

        async with making.steps.step("translate"):
            key = making.sending("translations", encode(request), tries=tries)
            cost = dubbed_price(self._plan, len(languages)).usd
            await making.steps.make_all(create, keep, "translations", cost)

    async def _source(self) -> LinkedFile:
        """The video, as an asset if it is one of HeyGen's own: a link to it would run out."""
        plan, making = self._plan, self._making
        if plan.video is not None:
            return plan.video
        known = making.made.ids.get("source")
        if known is not None:
            return AssetId(asset_id=known)
        job = making.heygen.videos.job(plan.video_id or "")
        with TemporaryDirectory() as folder:
            async with making.bounds.downloads:
                path = await job.download(Path(folder) / f"{job.id}.mp4")
            asset = await making.uploaded(path, "source", of=job.id)
        return AssetId(asset_id=asset.asset_id)

    async def _outcome(self, language: str) -> FinishedVideo[VideoTranslation] | HeyGenError:
        """What came of one language, whatever became of the others."""
        plan, making, what = self._plan, self._making, f"translation {language}"
        job = self._translations.job(making.made.ids[what])
        fetched = partial(making.fetched, job=job, overwrite=plan.overwrite)
        try:
            async with making.steps.step(what):
                video = await making.finished(what, job)
            path = await fetched(what, target=plan.target(language))
            captions = await fetched(
                f"{what}: captions", target=plan.target(language, ".srt"), file="srt_caption_url"
            )
        except HeyGenError as problem:
            return problem
        return FinishedVideo(id=job.id, video=video, path=path, captions=captions)
