"""How far a realtime session is: computed from the time whenever somebody asks. Pure."""

from typing import Final

from heygen_async.sandbox.previews import Session

STARTUP: Final = (2.0, 5.0)
"""Virtual seconds, from and to, until a session can be watched."""

IDLE_SECONDS: Final = 30.0
"""Virtual seconds without text after which the input of a text stream is closed."""

LONGEST: Final = 3600.0
"""Virtual seconds that a session may last."""

MOST: Final = 3
"""Sessions at once."""


def closed_at(session: Session) -> float:
    """When the input of a session is closed, as far as is known now."""
    if session.kind != "text_stream":
        return session.created
    idle = session.heard + IDLE_SECONDS
    return idle if session.final is None else min(session.final, idle)


def done_at(session: Session) -> float:
    """When a session ends, as far as is known now."""
    if session.failure is not None:
        return session.live
    last = session.pieces[-1].end if session.pieces else session.live
    done = min(max(closed_at(session), last, session.live), session.live + LONGEST)
    return done if session.cancelled is None else min(done, session.cancelled)


def status(session: Session, now: float) -> str:
    """``pending``, ``streaming``, and then ``completed`` or ``error``."""
    if now >= done_at(session):
        failed = session.failure is not None and session.cancelled is None
        return "error" if failed else "completed"
    return "streaming" if now >= session.live else "pending"


def end_reason(session: Session) -> str | None:
    """Why a text stream ends: ``final_marker`` or ``idle_timeout``; None for all others."""
    if session.kind != "text_stream" or session.cancelled is not None:
        return None
    closed = session.final is not None and session.final <= closed_at(session)
    return "final_marker" if closed else "idle_timeout"
