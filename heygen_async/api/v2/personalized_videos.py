"""Personalized videos of v1: https://docs.heygen.com/docs/import-contacts-via-api."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from heygen_async.api.job import Job, JobKind, JobState
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.models.v2 import AddContacts, AddedContacts, PersonalizedVideo
from heygen_async.wire.arguments import listed
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import personalized_videos as routes
from heygen_async.wire.statuses import Verdict, verdict

_KIND: Final = "personalized video"


class PersonalizedVideos(Resource):
    """``heygen.v2.personalized_videos``: a video for every contact; for Enterprise plans."""

    def __init__(self, tools: Toolbox) -> None:
        super().__init__(tools)
        self._videos: JobKind[PersonalizedVideo] = JobKind(
            _KIND,
            read=self.get,
            state=_state,
            expected=60.0,
            timeout=2 * 3600.0,
            file="video_url",
            suffix=".mp4",
        )

    async def add_contact(
        self, project_id: str, *, variables_list: Sequence[Mapping[str, str]]
    ) -> Job[PersonalizedVideo]:
        """Adds contacts to a project, which is made in HeyGen's own pages.

        With one contact a call each video has a job of its own; with several, HeyGen gives one id
        for all, and tells of the single videos by its ``personalized_video`` events.

        Args:
            project_id: The project.
            variables_list: The project's variables with their values, once for every contact; at
                least ``email`` and ``first_name``.

        Returns:
            A job that ends when the video is ``ready``.

        Raises:
            InvalidRequestError: There is no contact. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/add-contact
        """
        listed("variables_list", variables_list, Mapping)
        request = AddContacts(
            project_id=project_id, variables_list=[dict(each) for each in variables_list]
        )
        added = await self._post(routes.V2_PERSONALIZED_ADD, AddedContacts, request)
        return self._new_job(self._videos, added.id)

    async def get(self, audience_id: str) -> PersonalizedVideo:
        """Reads a contact's video. Its links are signed anew by every read.

        Args:
            audience_id: The audience: the id of the job that ``add_contact`` gave.

        Raises:
            APIError: There is no such audience, or as every call. It may come with HTTP 200.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/get-audience-detail
        """
        query = {"id": check_id("audience_id", audience_id)}
        return await self._read(routes.V2_PERSONALIZED_GET, PersonalizedVideo, query=query)

    async def get_project(self, project_id: str) -> dict[str, Any]:
        """Reads a project. HeyGen does not say what is in it: it is given as it comes.

        Args:
            project_id: The project.

        Raises:
            APIError: There is no such project, or as every call. It may come with HTTP 200.

        Deprecated: v3 has no equal.

        https://docs.heygen.com/reference/get-project-detail
        """
        query = {"id": check_id("project_id", project_id)}
        return await self._read(routes.V2_PERSONALIZED_GET_PROJECT, dict[str, Any], query=query)

    def job(self, audience_id: str) -> Job[PersonalizedVideo]:
        """A handle on a contact's video from its id alone, in any process.

        Args:
            audience_id: The audience.
        """
        return self._job(self._videos, check_id("audience_id", audience_id))


def _state(video: PersonalizedVideo) -> JobState:
    word = verdict(_KIND, video.status)
    if word is Verdict.DONE and not video.video_url:
        word = Verdict.RUNNING
    return JobState(status=video.status, verdict=word)
