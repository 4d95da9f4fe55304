"""Videos: https://developers.heygen.com/reference/create-video."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from heygen_async.api.batch_items import ITEMS_TIMEOUT, BatchItems, ItemJob
from heygen_async.api.batches import batch_items, batch_kind
from heygen_async.api.bulk import bulk_query
from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.errors import InvalidRequestError
from heygen_async.models import (
    AvatarIII,
    AvatarIV,
    AvatarScene,
    AvatarV,
    AvatarVideo,
    Batch,
    BatchItem,
    CreatedBatch,
    CreatedVideo,
    CreateVideo,
    CreateVideoBatch,
    DeletedVideo,
    SceneAvatar,
    StatusEntry,
    StudioVideo,
    Video,
    VideoScenes,
)
from heygen_async.wire.arguments import whole
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import videos as routes
from heygen_async.wire.statuses import Verdict, verdict

# Named, because the class below has a method `list`.
Statuses: TypeAlias = list[StatusEntry]


class Videos(Resource):
    """``heygen.videos``: ask for one, wait for it, fetch it.

    Attributes:
        kind: How videos are waited for, whoever makes them.
    """

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self.kind: JobKind[Video] = JobKind(
            "video",
            read=self.get,
            state=_state,
            bulk=self.list_statuses,
            expected=60.0,
            timeout=2 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )
        self._batches: JobKind[Batch] = batch_kind(self.get_batch, timeout=ITEMS_TIMEOUT)
        self._items = BatchItems(read_batch=self.get_batch, read=self.get, state=_state)

    async def create(
        self,
        request: CreateVideo,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Video]:
        """Starts a video. Billed by the second of the finished video; a cinematic one at once.

        A request that gets no answer is sent again with the same key, so it is never billed twice.

        Args:
            request: ``AvatarVideo``, ``ImageVideo``, ``StudioVideo`` or ``CinematicVideo``.
            idempotency_key: Your own key; the same key and body give the same video for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            InsufficientCreditError: The balance does not cover it.
            ConcurrencyLimitedError: Too many jobs in flight, for longer than the retry policy
                waits.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-video
        """
        self._check_engine(request)
        created = await self._post(
            routes.VIDEOS_CREATE,
            CreatedVideo,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        first = Video(id=created.video_id, status=created.status)
        return self._new_job(self.kind, created.video_id, first)

    def _check_engine(self, request: CreateVideo) -> None:
        """Refuses an engine that the look does not have, where the look is known."""
        for shown in _avatars_in(request):
            look = self._tools.looks.get(shown.avatar_id)
            engine = _ENGINES.get(type(shown.engine), "avatar_iv")
            if look and look.supported_api_engines and engine not in look.supported_api_engines:
                known = ", ".join(look.supported_api_engines)
                raise InvalidRequestError("engine", engine, f"look {look.id} supports {known} only")

    async def create_batch(
        self,
        request: CreateVideoBatch,
        *,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Batch]:
        """Starts up to 100 videos in one call. They are made one by one, as slots become free.

        Each is billed as if it were made alone, and one that fails fails none of the others.

        Args:
            request: The videos.
            idempotency_key: Your own key; the same key and body give the same batch for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when every item has. It fails only if all of them did: the items of
            its result say which.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/create-video-batch
        """
        for video in request.videos:
            self._check_engine(video)
        created = await self._post(
            routes.VIDEOS_CREATE_BATCH,
            CreatedBatch,
            request,
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        return self._new_job(self._batches, created.batch_id)

    async def get_batch(self, batch_id: str) -> Batch:
        """Reads a batch with its items, of which HeyGen takes no more than 100.

        Args:
            batch_id: The batch.

        Raises:
            NotFoundError: There is no such batch.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video-batch
        """
        ids = {"batch_id": check_id("batch_id", batch_id)}
        return await self._read(routes.VIDEOS_GET_BATCH, Batch, ids=ids)

    def list_batch_items(
        self, batch_id: str, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[BatchItem]:
        """The items of a batch, in the order they were submitted.

        Args:
            batch_id: The batch.
            limit: Items per page, 1 to 100; 100 when left out.
            max_items: Stops an iteration after so many.

        Returns:
            A list to await (its first page) or to iterate (all of it).

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            NotFoundError: There is no such batch.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video-batch
        """
        return batch_items(
            self._tools.sender,
            routes.VIDEOS_GET_BATCH,
            batch_id,
            limit=limit,
            max_items=max_items,
        )

    def list(
        self,
        *,
        folder_id: str | None = None,
        title: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[Video]:
        """The account's videos, translated ones too, the newest first.

        Args:
            folder_id: Only those in this folder.
            title: Only those whose title holds this text.
            limit: Videos per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Returns:
            A list to await (its first page) or to iterate (all of it).

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-videos
        """
        return self._list(
            routes.VIDEOS_LIST,
            Video,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
            query={"folder_id": folder_id, "title": title},
        )

    async def get(self, video_id: str) -> Video:
        """Reads a video. Its links are made anew by every read.

        Args:
            video_id: The video.

        Raises:
            NotFoundError: There is no such video.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video
        """
        ids = {"video_id": check_id("video_id", video_id)}
        return await self._read(routes.VIDEOS_GET, Video, ids=ids)

    async def get_scenes(self, video_id: str) -> VideoScenes:
        """Reads all scenes of a video as they are now, edits in HeyGen's editor included.

        Args:
            video_id: The video.

        Raises:
            NotFoundError: There is no such video.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-video-scenes
        """
        ids = {"video_id": check_id("video_id", video_id)}
        return await self._read(routes.VIDEOS_GET_SCENES, VideoScenes, ids=ids)

    async def delete(self, video_id: str) -> DeletedVideo:
        """Deletes a video and its files for good.

        Args:
            video_id: The video.

        Raises:
            NotFoundError: There is no such video, or not any more.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/delete-video
        """
        ids = {"video_id": check_id("video_id", video_id)}
        done = DeletedVideo(id=video_id)
        return await self._remove(routes.VIDEOS_DELETE, DeletedVideo, ids=ids, done=done)

    async def list_statuses(
        self, video_ids: Sequence[str] = (), *, batch_ids: Sequence[str] = ()
    ) -> Statuses:
        """Reads the status words of up to 100 videos in one call.

        Args:
            video_ids: Ids of videos.
            batch_ids: Ids of batches: each stands for all of its videos.

        Returns:
            One entry per video; ``not_found`` for those that HeyGen does not know.

        Raises:
            InvalidRequestError: No id, or more than 100.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-video-statuses
        """
        query = bulk_query(video_ids=video_ids, batch_ids=batch_ids)
        return await self._read(routes.VIDEOS_LIST_STATUSES, Statuses, query=query)

    def job(self, video_id: str) -> Job[Video]:
        """A handle on a video from its id alone, in any process.

        Args:
            video_id: The video.
        """
        return self._job(self.kind, check_id("video_id", video_id))

    def batch_job(self, batch_id: str) -> Job[Batch]:
        """A handle on a batch from its id alone, in any process.

        Args:
            batch_id: The batch.
        """
        return self._job(self._batches, check_id("batch_id", batch_id))

    def item_job(self, batch_id: str, *, item_index: int) -> ItemJob:
        """A handle on one video of a batch, also before HeyGen has given it an id.

        Videos of one batch that are waited for are looked at together, in one call.

        Args:
            batch_id: The batch.
            item_index: The video's place in it, from 0.

        Raises:
            InvalidRequestError: The place is below 0 or above 99.
        """
        whole("item_index", item_index, least=0, most=_PAGE_MAX - 1)
        return self._items.job(check_id("batch_id", batch_id), item_index, self._tools)


_PAGE_MAX: Final = 100

_ENGINES: Final[dict[type, str]] = {
    AvatarIII: "avatar_iii",
    AvatarIV: "avatar_iv",
    AvatarV: "avatar_v",
}


def _avatars_in(request: CreateVideo) -> Sequence[AvatarVideo | SceneAvatar]:
    match request:
        case AvatarVideo():
            return [request]
        case StudioVideo():
            return [each.input for each in request.scenes if isinstance(each, AvatarScene)]
        case _:
            return []


def _state(video: Video) -> JobState:
    word = verdict("video", video.status)
    if word is Verdict.DONE and not video.video_url:
        # The word comes a moment before the link does.
        word = Verdict.RUNNING
    return JobState(
        status=video.status,
        verdict=word,
        failure_code=video.failure_code,
        failure_message=video.failure_message,
    )
