"""Which words end a job: one table, since every resource has its own.

An unknown word means that the job is still running: only the words here end it.
"""

from enum import Enum
from typing import Final


class Verdict(Enum):
    """What a status word says."""

    RUNNING = "running"
    """Not ended, as far as we know."""
    DONE = "done"
    """Ended well."""
    FAILED = "failed"
    """Ended badly."""
    WAITING_FOR_PERSON = "waiting_for_person"
    """Goes on only when a person does something, such as consenting."""
    UNKNOWN_ID = "unknown_id"
    """HeyGen does not know the id: not yet, or not any more."""


_COMMON: Final = {
    "completed": Verdict.DONE,
    "failed": Verdict.FAILED,
    "waiting": Verdict.RUNNING,
    "pending": Verdict.RUNNING,
    "queued": Verdict.RUNNING,
    "running": Verdict.RUNNING,
    "processing": Verdict.RUNNING,
    "not_found": Verdict.UNKNOWN_ID,
}

_BY_KIND: Final[dict[str, dict[str, Verdict]]] = {
    # A draft is rendered when somebody asks for it in the dashboard.
    "video": {"draft": Verdict.WAITING_FOR_PERSON},
    "avatar": {"pending_consent": Verdict.WAITING_FOR_PERSON},
    # The vendor has not settled the word for a given consent.
    "consent": {
        "approved": Verdict.DONE,
        "accepted": Verdict.DONE,
        "pending": Verdict.WAITING_FOR_PERSON,
        "skipped": Verdict.WAITING_FOR_PERSON,
    },
    "voice": {"complete": Verdict.DONE},
    "photo generation": {"success": Verdict.DONE},
    # `empty` means that nobody asked for the training: waiting for it would never end.
    "training": {
        "ready": Verdict.DONE,
        "success": Verdict.DONE,
        "training": Verdict.RUNNING,
        "empty": Verdict.FAILED,
    },
    "photo look": {},
    "personalized video": {"ready": Verdict.DONE},
    "digital twin": {"complete": Verdict.DONE, "in_progress": Verdict.RUNNING},
    "batch": {},
    "batch item": {"draft": Verdict.WAITING_FOR_PERSON},
    "brand kit": {"loading": Verdict.RUNNING, "error": Verdict.FAILED},
    "asset": {"pending_upload": Verdict.RUNNING},
    "video agent": {
        "thinking": Verdict.RUNNING,
        "generating": Verdict.RUNNING,
        "waiting_for_input": Verdict.WAITING_FOR_PERSON,
        "reviewing": Verdict.WAITING_FOR_PERSON,
    },
    "clipping": {"cancelled": Verdict.FAILED},
    "background removal": {"deleted": Verdict.FAILED},
    "filler-word removal": {},
    "hyperframes render": {"rendering": Verdict.RUNNING},
    # v2 has two sets of words for them.
    "video translation": {"success": Verdict.DONE},
    "proofread": {},
    "workflow": {"submitted": Verdict.RUNNING},
    "lipsync": {},
    # In upper case, unlike all others.
    "model voice": {
        "PENDING": Verdict.RUNNING,
        "ACTIVE": Verdict.DONE,
        "FAILED": Verdict.FAILED,
    },
    # Done when it can be watched, or could be.
    "realtime session": {"streaming": Verdict.DONE, "error": Verdict.FAILED},
}


def verdict(kind: str, status: str | None) -> Verdict:
    """What a job's status word says.

    Args:
        kind: Of the job, such as ``video``.
        status: The word; None means ready, as for public avatars.
    """
    if status is None:
        return Verdict.DONE
    own = _BY_KIND.get(kind, {}).get(status)
    return own or _COMMON.get(status, Verdict.RUNNING)


def is_known(kind: str, status: str) -> bool:
    """Whether the table holds the word for this kind."""
    return status in _COMMON or status in _BY_KIND.get(kind, {})
