"""Music and sound effects."""

from heygen_async.models.base import OpenEnum, Reply


class SoundType(OpenEnum):
    """Which catalogue a sound is from."""

    MUSIC = "music"
    SOUND_EFFECTS = "sound_effects"


class Sound(Reply):
    """A piece of music or a sound effect.

    Attributes:
        id: The sound's id.
        name: Name to show.
        description: What it sounds like.
        audio_url: Presigned and short-lived: search again rather than keep it.
        duration: Seconds, if known.
        peak_offset: Seconds from the beginning to the loudest moment; sound effects only.
        placement: ``hit``, ``riser`` or ``bed``: how an effect is best used.
        score: How near it is to what was looked for, 0 to 1.
        type: Which catalogue it is from.
    """

    id: str
    name: str = ""
    description: str = ""
    audio_url: str = ""
    duration: float | None = None
    peak_offset: float | None = None
    placement: str | None = None
    score: float = 0.0
    type: SoundType = SoundType.MUSIC
