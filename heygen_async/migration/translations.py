"""``/v2/video_translate``: a video in other languages."""

import re
from typing import Any, Final

from heygen_async.migration.ledger import Fields
from heygen_async.migration.results import Options
from heygen_async.models import AssetUrl, CreateVideoTranslation

_FILES: Final = {"video": "video_url", "audio": "audio_url", "srt": "srt_url"}
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def translation(fields: Fields, _options: Options) -> CreateVideoTranslation:
    """The same request, with its files as assets and its languages in a list."""
    fields.imply("enable_caption")  # ignored by both: there are always captions
    one = fields.take("output_language")
    languages: list[str] = fields.take("output_languages") or [one]
    name = "output_language" if one is not None else "output_languages"
    if any(map(_TAG.fullmatch, languages)):
        fields.note(
            "needs_attention",
            name,
            "v3 takes names, such as Spanish (Spain), rather than tags.",
            "heygen.translations.list_languages has them.",
        )
    files: dict[str, Any] = {new: AssetUrl(url=url) for new, url in fields.carry(**_FILES).items()}
    taken = {*_FILES.values(), "output_language", "output_languages", "enable_caption"}
    rest = [each for each in fields.source.__struct_fields__ if each not in taken]
    return CreateVideoTranslation(output_languages=languages, **files, **fields.carry(*rest))
