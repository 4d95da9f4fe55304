"""Templates of v2: https://docs.heygen.com/reference/list-templates-v2."""

import builtins
from typing import Any

from heygen_async.api.job import Job
from heygen_async.api.resource import Toolbox
from heygen_async.api.v2.paging import LegacyResource
from heygen_async.api.v2.videos import LegacyVideos
from heygen_async.errors import NotFoundError
from heygen_async.models.v2 import (
    GeneratedVideo,
    GenerateTemplateVideo,
    LegacyTemplate,
    LegacyTemplateSummary,
    LegacyVideo,
)
from heygen_async.wire.arguments import must_be
from heygen_async.wire.checks_v2_templates import check_filling
from heygen_async.wire.limits import check_id
from heygen_async.wire.routes.v2 import templates as routes


class LegacyTemplates(LegacyResource):
    """``heygen.v2.templates``: videos with gaps, made in HeyGen's editor.

    Args:
        tools: What the resources share.
        videos: Waits for what is made, so that all videos share the looks.
    """

    def __init__(self, tools: Toolbox, videos: LegacyVideos) -> None:
        super().__init__(tools)
        self._videos = videos

    async def list(self) -> builtins.list[LegacyTemplateSummary]:
        """The account's templates, in one answer.

        Raises:
            HeyGenError: As every call.

        Deprecated: use ``heygen.templates.list``.

        https://docs.heygen.com/reference/list-templates-v2
        """
        return await self._all(routes.V2_TEMPLATES_LIST, LegacyTemplateSummary)

    async def get(self, template_id: str) -> LegacyTemplate:
        """Reads a template's variables, and its scenes where HeyGen shows them.

        It asks as ``get_scenes`` does, which knows the templates of both editors; where nothing
        comes of that, it asks the older endpoint, which knows those of the old editor only.

        Args:
            template_id: The template.

        Raises:
            NotFoundError: There is no such template.
            HeyGenError: As every call.

        Deprecated: use ``heygen.templates.get``.

        https://docs.heygen.com/reference/get-template-v2
        """
        ids = {"template_id": check_id("template_id", template_id)}
        try:
            return await self.get_scenes(template_id)
        except NotFoundError:
            return await self._read(routes.V2_TEMPLATES_GET, LegacyTemplate, ids=ids)

    async def get_scenes(self, template_id: str) -> LegacyTemplate:
        """Reads a template's variables and scenes, whichever editor made it.

        Args:
            template_id: The template.

        Raises:
            NotFoundError: There is no such template.
            HeyGenError: As every call.

        Deprecated: use ``heygen.templates.get``.

        https://docs.heygen.com/reference/get-template-v3
        """
        ids = {"template_id": check_id("template_id", template_id)}
        return await self._read(routes.V2_TEMPLATES_GET_SCENES, LegacyTemplate, ids=ids)

    async def generate(
        self,
        template_id: str,
        *,
        request: GenerateTemplateVideo,
        template: LegacyTemplate | None = None,
        extra_body: dict[str, Any] | None = None,
    ) -> Job[LegacyVideo]:
        """Starts a video from a template. Billed in steps of 30 seconds.

        Args:
            template_id: The template.
            request: What fills the template; ``template_variables`` helps with that.
            template: What ``get`` said of the template: then the variables are held against it.
            extra_body: Fields that are newer than this library.

        Returns:
            A job that ends when the video can be downloaded.

        Raises:
            InvalidRequestError: A field is wrong, a variable is missing, of another type than
                the template's, or too long. Nothing was sent.
            OutcomeUnknownError: It was sent and not answered: it may be billed.
            HeyGenError: As every call.

        Deprecated: use ``heygen.templates.generate``.

        https://docs.heygen.com/reference/generate-from-template-v2
        """
        must_be(request, GenerateTemplateVideo)
        if template is not None:
            check_filling(request, template)
        reply = await self._post(
            routes.V2_TEMPLATES_GENERATE,
            GeneratedVideo,
            request,
            ids={"template_id": check_id("template_id", template_id)},
            extra_body=extra_body,
        )
        return self._new_job(self._videos.kind, reply.video_id)
