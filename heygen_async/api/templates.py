"""Templates: https://developers.heygen.com/reference/list-templates."""

from typing import Any, Final

from heygen_async.api.job import Job
from heygen_async.api.pages import Pager
from heygen_async.api.resource import Resource, Toolbox
from heygen_async.api.videos import Videos
from heygen_async.models import GenerateFromTemplate, Template, TemplateSummary, Video
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes import templates as routes

_PAGE_MAX: Final = 100


class Templates(Resource):
    """``heygen.templates``: videos with gaps, made in HeyGen's editor.

    Args:
        tools: What the resources share.
        videos: Waits for what is made, so that all videos share the looks.
    """

    def __init__(self, tools: Toolbox, videos: Videos) -> None:
        super().__init__(tools)
        self._videos = videos

    def list(
        self, *, limit: int | None = None, max_items: int | None = None
    ) -> Pager[TemplateSummary]:
        """The workspace's templates that have variables.

        Args:
            limit: Templates per page, 1 to 100; 10 when left out.
            max_items: Stops an iteration after so many.

        Returns:
            A list to await (its first page) or to iterate (all of it).

        Raises:
            InvalidRequestError: ``limit`` or ``max_items`` is out of bounds.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/list-templates
        """
        return self._list(
            routes.TEMPLATES_LIST,
            TemplateSummary,
            limit=limit,
            most=_PAGE_MAX,
            max_items=max_items,
        )

    async def get(self, template_id: str) -> Template:
        """Reads a template: its variables with what fills them by default, and its scenes.

        Args:
            template_id: The template.

        Raises:
            NotFoundError: There is no such template.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/get-template
        """
        ids = {"template_id": check_id("template_id", template_id)}
        return await self._read(routes.TEMPLATES_GET, Template, ids=ids)

    async def generate(
        self,
        template_id: str,
        *,
        request: GenerateFromTemplate,
        idempotency_key: str | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[Video]:
        """Starts a video from a template. Files among the variables are uploaded first.

        A request that gets no answer is sent again with the same key, so it is never billed twice.

        Args:
            template_id: The template.
            request: What fills the template.
            idempotency_key: Your own key; the same key and body give the same video for 24 h.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, or two contradict. Nothing was sent.
            NotFoundError: There is no such template.
            InsufficientCreditError: The balance does not cover it.
            ConcurrencyLimitedError: Too many jobs in flight, for longer than the retry policy
                waits.
            HeyGenError: As every call.

        https://developers.heygen.com/reference/generate-from-template
        """
        created = await self._post(
            routes.TEMPLATES_GENERATE,
            Video,
            request,
            ids={"template_id": check_id("template_id", template_id)},
            idempotency_key=idempotency_key,
            extra_body=extra_body,
        )
        return self._new_job(self._videos.kind, created.id, created)
