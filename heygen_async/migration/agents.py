"""``/v1/video_agent/generate``: a video from a prompt."""

from typing import Final

from heygen_async.migration.characters import look
from heygen_async.migration.ledger import Fields
from heygen_async.migration.results import Options
from heygen_async.models import AssetId, CreateAgentSession
from heygen_async.models.files import FileInput

_MOVED: Final = ("avatar_id", "voice_id", "orientation", "duration_sec")
_LONGEST_PROMPT: Final = 10_000


def agent_session(fields: Fields, _options: Options) -> CreateAgentSession:
    """What stood in ``config`` stands beside the prompt."""
    places = dict.fromkeys(_MOVED, fields)
    config = fields.at("config")
    if config is not None:
        for name in _MOVED:
            if getattr(fields.source, name) is None:
                places[name] = config
            else:
                config.imply(name)  # it says the same, or it would have been refused
    found = places["voice_id"].carry("voice_id") | places["orientation"].carry("orientation")
    if places["avatar_id"].source.avatar_id is not None:
        found |= look(places["avatar_id"], "avatar_id")
    files: list[FileInput] = [
        AssetId(asset_id=each.take("asset_id")) for each in fields.each("files")
    ]
    return CreateAgentSession(
        prompt=_prompt(fields, places["duration_sec"]),
        files=files or None,
        **found,
        **fields.carry("callback_url", "callback_id", "incognito_mode"),
    )


def _prompt(fields: Fields, timed: Fields) -> str:
    prompt: str = fields.take("prompt")
    seconds = timed.source.duration_sec
    if seconds is None:
        return prompt
    longer = f"{prompt}\n\nThe video is to be about {seconds} seconds long."
    if len(longer) > _LONGEST_PROMPT:
        timed.drop("duration_sec", reason="v3 has no field for it, and the prompt is full.")
        return prompt
    timed.note("approximated", "duration_sec", "v3 has no field for it: the prompt says it.")
    return longer
