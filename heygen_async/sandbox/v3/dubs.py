"""What translations and lipsyncs share: how they begin, are shown, counted and deleted."""

from collections.abc import Callable
from typing import Any, Final

from heygen_async.models import CreateLipsync, CreateVideoTranslation
from heygen_async.sandbox import ageing, jobs, notices
from heygen_async.sandbox.context import Call, Context, Reply
from heygen_async.sandbox.dubs import Dubbed
from heygen_async.sandbox.pages import page
from heygen_async.sandbox.refusal import Refusal, invalid, missing, refuse
from heygen_async.sandbox.v3 import batches
from heygen_async.sandbox.validation import whole_number
from heygen_async.sandbox.world import Batch, BatchItem, Failure

TRANSLATION: Final = "video_translation"
LIPSYNC: Final = "lipsync"

_MOST_STATUSES: Final = 100
_CREATION_SECONDS: Final = 2.0
"""After so long an item that cannot be made has failed."""

_FAILURE: Final = "The content violates the moderation policy."
_BULK_WORDS: Final = {"pending": "queued", "running": "processing"}


def failure_of(*texts: str | None, language: str | None = None) -> str | None:
    """How a job with such texts fails, if it is one of those that do, or of its language do."""
    tokens = (jobs.FAIL_TOKEN, f"[[fail {language}]]")
    failing = any(token in (text or "") for text in texts for token in tokens)
    return _FAILURE if failing else None


def check(body: CreateVideoTranslation | CreateLipsync, where: str = "") -> None:
    """Holds a request against the rules between its fields.

    Raises:
        Refusal: 400, naming the field.
    """
    if body.callback_id is not None and body.callback_url is None:
        refuse(f"{where}callback_id", f"{where}callback_id: needs callback_url")
    start, end = body.start_time or 0.0, body.end_time
    if start < 0:
        refuse(f"{where}start_time", f"{where}start_time: must not be negative")
    if end is not None and end <= start:
        refuse(f"{where}end_time", f"{where}end_time: must be after start_time")


def span_of(
    body: CreateVideoTranslation | CreateLipsync, seconds: float
) -> tuple[float, float] | None:
    """The part of a source that is dubbed; None for all of it.

    Raises:
        Refusal: 400, when it begins after the source's end.
    """
    if body.start_time is None and body.end_time is None:
        return None
    start = body.start_time or 0.0
    if start >= seconds:
        raise invalid("start_time", f"start_time: the video is {seconds:g} seconds long")
    end = seconds if body.end_time is None else body.end_time
    return start, min(end, seconds)


def begin(ctx: Context, call: Call, made: Dubbed, price: float) -> Dubbed:
    """Enters an accepted job and takes the money; its times are set here.

    It waits for a slot if there is none, like what comes after it.
    """
    made.start = jobs.next_start(ctx)
    made.done = made.start + jobs.render_seconds(ctx, made.id, made.dub.seconds)
    ctx.world.dubs[made.id] = made
    ctx.world.flying[made.id] = made.done
    ctx.charge(call, made.kind, made.id, price)
    notices.dub(ctx, call, made)
    return made


def find(ctx: Context, call: Call, kind: str) -> Dubbed:
    """The job that a path names.

    Raises:
        Refusal: 404.
    """
    job_id = call.params[f"{kind}_id"]
    made = ctx.world.dubs.get(job_id)
    if made is None or made.kind != kind:
        words = kind.replace("_", " ").capitalize()
        raise missing(f"{kind}_not_found", f"{words} {job_id} not found.")
    return made


def listed(
    ctx: Context, call: Call, kind: str, shown: Callable[[Context, Call, Dubbed], dict[str, Any]]
) -> Reply:
    """All jobs of a kind in pages, the newest first."""
    limit = whole_number(call.query.get("limit"), "limit", default=10, low=1, high=100)
    mine = [each for each in reversed(ctx.world.dubs.values()) if each.kind == kind]
    part = page(mine, limit=limit, token=call.query.get("token"))
    return Reply([shown(ctx, call, each) for each in part.data], beside=part.beside)


def delete(ctx: Context, call: Call, kind: str) -> Reply:
    """Forgets a job and its files; its slot is free."""
    made = find(ctx, call, kind)
    del ctx.world.dubs[made.id]
    ctx.world.flying.pop(made.id, None)
    ctx.withdraw(made.id)
    return Reply({"id": made.id})


def look(ctx: Context, kind: str) -> batches.Look:
    """Tells how far a job of a kind is, by its id."""

    def word(job_id: str) -> tuple[str, Failure | None]:
        made = ctx.world.dubs.get(job_id)
        if made is None or made.kind != kind:
            return "not_found", None
        failure = Failure("MODERATION_POLICY_VIOLATED", made.failure) if made.failure else None
        return ageing.dub_status(made, ctx.clock.now()), failure

    return word


def statuses(ctx: Context, call: Call, kind: str) -> Reply:
    """Statuses of up to 100 jobs, by their ids and by batches; every id comes back."""
    name = f"{kind}_ids"
    ids, batch_ids = _split(call.query.get(name)), _split(call.query.get("batch_ids"))
    if not ids and not batch_ids:
        raise invalid(name, f"{name}: at least one id must be given")
    told = look(ctx, kind)
    lines = [_entry(job_id, *told(job_id)) for job_id in ids]
    for batch_id in batch_ids:
        lines += batches.entries(ctx, batch_id, kind, told)
    if len(lines) > _MOST_STATUSES:
        raise invalid(name, f"{name}: {len(lines)} jobs, at most {_MOST_STATUSES} allowed")
    return Reply(lines, beside={"has_more": False, "next_token": None})


def _split(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _entry(job_id: str, word: str, failure: Failure | None) -> dict[str, Any]:
    error = None
    if word == "failed" and failure is not None:
        error = {"code": failure.code, "message": failure.message}
    # Bulk statuses have words of their own for what is under way.
    return {"video_id": job_id, "status": _BULK_WORDS.get(word, word), "error": error}


def item(made: Dubbed) -> BatchItem:
    """A job as an item of a batch: it is queued until it gets a slot."""
    return BatchItem(id=made.id, start=made.start)


def failed(ctx: Context, refusal: Refusal) -> BatchItem:
    """An item of a batch that could not be made."""
    failure = Failure(refusal.code, refusal.message)
    return BatchItem(failure=failure, start=ctx.clock.now() + _CREATION_SECONDS)


def tell(ctx: Context, batch: Batch) -> None:
    """One event, when every item of a new batch has ended."""
    made = [ctx.world.dubs[each.id] for each in batch.items if each.id is not None]
    done = sum(each.failure is None for each in made)
    said = {
        "batch_id": batch.id,
        "status": "completed" if done else "failed",
        "total_items": len(batch.items),
        "counts_by_status": {"completed": done, "failed": len(batch.items) - done},
    }
    ends = [each.done + ageing.LINK_DELAY for each in made] + [each.start for each in batch.items]
    ctx.deliver("batch.finished", batch.id, said, at=max(ends), callback_url=batch.callback_url)
