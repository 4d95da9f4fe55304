"""``/v3/voices``: the shared voices."""

from typing import Any, Final

from heygen_async.sandbox.catalogue import VOICES, StockVoice
from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.links import storage_path
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import refuse
from heygen_async.sandbox.validation import whole_number


async def list_voices(_ctx: Context, call: Call) -> Reply:
    """Lists voices by type, engine, language and gender, in pages."""
    query = call.query
    kind = query.get("type", "public")
    if kind not in {"public", "private"}:
        refuse("type", f"type: {kind!r} is neither 'public' nor 'private'")
    limit = whole_number(query.get("limit"), "limit", default=20, low=1, high=100)
    # Nobody has cloned a voice here yet.
    found = [] if kind == "private" else [v for v in VOICES.values() if _fits(v, call)]
    items = [_shown(call, voice) for voice in found]
    return page(items, limit=limit, token=query.get("token"))


def _fits(voice: StockVoice, call: Call) -> bool:
    wanted = {name: call.query.get(name, "").lower() for name in ("engine", "language", "gender")}
    return (
        (not wanted["engine"] or wanted["engine"] in voice.engines)
        and wanted["language"] in {"", voice.language.lower()}
        and wanted["gender"] in {"", voice.gender.lower()}
    )


def _shown(call: Call, voice: StockVoice) -> dict[str, Any]:
    return {
        "voice_id": voice.voice_id,
        "name": voice.name,
        "language": voice.language,
        "gender": voice.gender,
        "preview_audio_url": call.base + storage_path("voices", voice.voice_id, "preview.wav"),
        "support_pause": voice.support_pause,
        "support_locale": voice.support_locale,
        "type": "public",
    }


ROUTES: Final = (Route(method="GET", path="/v3/voices", handler=list_voices),)
