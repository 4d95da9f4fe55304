"""Videos of v1 and v2: https://docs.heygen.com/reference/create-an-avatar-video-v2."""

from typing import Any, Final

from msgspec.structs import replace

from heygen_async.api.job import Job, JobKind
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Toolbox
from heygen_async.api.v2.paging import LegacyResource, came, optional
from heygen_async.api.v2.video_jobs import by_details, by_status
from heygen_async.errors import APIError
from heygen_async.models import CreatedVideo, DeletedVideo
from heygen_async.models.base import Request
from heygen_async.models.v2 import (
    CreateAvatarVideo,
    DeletedVideos,
    Dimension,
    GenerateAvatarIV,
    GeneratedVideo,
    GenerateVideo,
    GenerateWebm,
    LegacyVideo,
    LegacyVideoDetail,
    LegacyVideoItem,
    LegacyVideoStatus,
    ShareVideo,
)
from heygen_async.wire.arguments import must_be
from heygen_async.wire.calls import Route
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import videos as routes

_PAGE_MAX: Final = 100
_TITLE: Final = "Untitled"
_SIZE: Final = Dimension(width=1280, height=720)


class LegacyVideos(LegacyResource):
    """``heygen.v2.videos``: videos of scenes, of pictures, and on nothing.

    Attributes:
        kind: How videos are waited for by the status of v1.
        detail_kind: How they are waited for by the details of v2.
    """

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self.kind: JobKind[LegacyVideo] = by_status(self.get_status, ".mp4")
        self.detail_kind: JobKind[LegacyVideoDetail] = by_details(self.get, ".mp4")
        self._webm_kind: JobKind[LegacyVideo] = by_status(self.get_status, ".webm")
        self._webm_detail_kind: JobKind[LegacyVideoDetail] = by_details(self.get, ".webm")

    async def generate(
        self, request: GenerateVideo, *, extra_body: dict[str, Any] | None = None
    ) -> Job[LegacyVideo]:
        """Starts a video. Billed in steps of 30 seconds.

        A size is always sent, since HeyGen's pages disagree on the default: 1280 by 720 pixels, as
        in its examples, where the request names neither a dimension nor an aspect ratio.

        Args:
            request: 1 to 50 scenes.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.create``.

        https://docs.heygen.com/reference/create-an-avatar-video-v2
        """
        must_be(request, GenerateVideo)
        if request.dimension is None and request.aspect_ratio is None:
            request = replace(request, dimension=_SIZE)
        return await self._start(routes.V2_VIDEOS_GENERATE, request, self.kind, extra_body)

    async def generate_av4(
        self, request: GenerateAvatarIV, *, extra_body: dict[str, Any] | None = None
    ) -> Job[LegacyVideo]:
        """Starts a video of a picture that speaks. Billed in steps of 30 seconds, six-fold.

        Args:
            request: The picture, and what it says.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.create``.

        https://docs.heygen.com/reference/create-avatar-iv-video
        """
        must_be(request, GenerateAvatarIV)
        if request.video_title is None:
            request = replace(request, video_title=_TITLE)
        return await self._start(routes.V2_VIDEOS_GENERATE_AV4, request, self.kind, extra_body)

    async def generate_webm(
        self, request: GenerateWebm, *, extra_body: dict[str, Any] | None = None
    ) -> Job[LegacyVideo]:
        """Starts a video with a transparent background. Billed in steps of 30 seconds.

        Args:
            request: The studio avatar, and what it says.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded; ``download`` makes a ``.webm``.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.create``.

        https://docs.heygen.com/reference/create-webm-video
        """
        must_be(request, GenerateWebm)
        return await self._start(
            routes.V2_VIDEOS_GENERATE_WEBM, request, self._webm_kind, extra_body
        )

    async def _start(
        self,
        route: Route,
        request: Request,
        kind: JobKind[LegacyVideo],
        extra_body: dict[str, Any] | None,
    ) -> Job[LegacyVideo]:
        reply = await self._post(route, GeneratedVideo, request, extra_body=extra_body)
        return self._new_job(kind, reply.video_id)

    async def create(
        self, request: CreateAvatarVideo, *, extra_body: dict[str, Any] | None = None
    ) -> Job[LegacyVideoDetail]:
        """Starts a video of an avatar or of a picture: v3's call in an earlier form.

        Args:
            request: Who is seen, and what is heard.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.create``.

        https://docs.heygen.com/reference/create-avatar-video
        """
        must_be(request, CreateAvatarVideo)
        reply = await self._post(
            routes.V2_VIDEOS_CREATE, CreatedVideo, request, extra_body=extra_body
        )
        kind = self._webm_detail_kind if reply.output_format == "webm" else self.detail_kind
        first = LegacyVideoDetail(id=reply.video_id, status=LegacyVideoStatus(reply.status))
        return self._new_job(kind, reply.video_id, first)

    async def get_status(self, video_id: str) -> LegacyVideo:
        """Reads a video as v1 describes it. Its links are signed anew by every read.

        Args:
            video_id: The video.

        Raises:
            APIError: There is no such video, or as every call. It may come with HTTP 200.

        Deprecated: use ``heygen.videos.get``.

        https://docs.heygen.com/reference/video-status
        """
        query = {"video_id": check_id("video_id", video_id)}
        return came(await self._read(routes.V2_VIDEOS_GET_STATUS, LegacyVideo, query=query))

    async def get(self, video_id: str) -> LegacyVideoDetail:
        """Reads a video as v2 describes it. Its links are signed anew by every read.

        Args:
            video_id: The video.

        Raises:
            NotFoundError: There is no such video.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.get``.

        https://docs.heygen.com/reference/get-video
        """
        ids = {"video_id": check_id("video_id", video_id)}
        return await self._read(routes.V2_VIDEOS_GET, LegacyVideoDetail, ids=ids)

    def list(
        self,
        *,
        folder_id: str | None = None,
        title: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[LegacyVideoDetail]:
        """The account's videos, the newest first, as v2 describes them.

        Args:
            folder_id: Only those in a folder.
            title: Only those whose title holds it.
            limit: Videos per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Returns:
            A list to await (its first page) or to iterate (all of it).

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.list``.

        https://docs.heygen.com/reference/list-videos
        """
        return self._list(
            routes.V2_VIDEOS_LIST,
            LegacyVideoDetail,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
            query={"folder_id": folder_id, "title": title},
        )

    def list_v1(
        self,
        *,
        folder_id: str | None = None,
        title: str | None = None,
        limit: int | None = None,
        max_items: int | None = None,
    ) -> Pager[LegacyVideoItem]:
        """The account's videos, the newest first, as v1 describes them: drafts too.

        Args:
            folder_id: Only those in a folder.
            title: Only those whose title holds it.
            limit: Videos per page, 1 to 100; 100 when left out.
            max_items: Stops an iteration after so many.

        Returns:
            A list to await (its first page) or to iterate (all of it).

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.list``.

        https://docs.heygen.com/reference/video-list
        """
        return self._list(
            routes.V2_VIDEOS_LIST_V1,
            LegacyVideoItem,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
            query={"folder_id": folder_id, "title": title},
        )

    async def delete(self, video_id: str) -> DeletedVideo:
        """Deletes a video for good.

        Args:
            video_id: The video.

        Raises:
            NotFoundError: There is no such video.
            HeyGenError: As every call.

        Deprecated: use ``heygen.videos.delete``.

        https://docs.heygen.com/reference/delete-a-video
        """
        ids = {"video_id": check_id("video_id", video_id)}
        done = DeletedVideo(id=video_id)
        return await self._remove(routes.V2_VIDEOS_DELETE, DeletedVideo, ids=ids, done=done)

    async def delete_v1(self, video_id: str) -> DeletedVideos:
        """Deletes a video for good, the way of v1.

        Args:
            video_id: The video.

        Returns:
            What was deleted; where v1 does not tell, the video.

        Raises:
            APIError: There is no such video, or as every call. It may come with HTTP 200.

        Deprecated: use ``heygen.videos.delete``.

        https://docs.heygen.com/reference/delete-video
        """
        query = {"video_id": check_id("video_id", video_id)}
        done = DeletedVideos(deleted=[video_id])
        route, reply = routes.V2_VIDEOS_DELETE_V1, optional(DeletedVideos)
        found = await self._remove(route, reply, query=query, done=done) or done
        if found.failed and not found.deleted:
            words = f"HeyGen did not delete {video_id}"
            raise APIError(words, status=200, code="not_deleted", param="video_id")
        return found

    async def share(self, video_id: str) -> str:
        """Makes a video's page public. Unconfirmed: HeyGen names the endpoint, not its answer.

        Args:
            video_id: The video.

        Returns:
            The page's address.

        Raises:
            APIError: There is no such video, or as every call. It may come with HTTP 200.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/retrieve-sharable-video-url
        """
        request = ShareVideo(video_id=check_id("video_id", video_id))
        return await self._post(routes.V2_VIDEOS_SHARE, str, request)

    def job(self, video_id: str) -> Job[LegacyVideo]:
        """A handle on a video from its id alone, in any process.

        Args:
            video_id: The video.
        """
        return self._job(self.kind, check_id("video_id", video_id))

    def detail_job(self, video_id: str) -> Job[LegacyVideoDetail]:
        """A handle on a video from its id alone, whose result is what v2 tells of it.

        Args:
            video_id: The video.
        """
        return self._job(self.detail_kind, check_id("video_id", video_id))
