"""What the helpers make of HeyGen's own answers."""

from pathlib import Path

from heygen_async import HeyGen
from heygen_async.models import AvatarVideo, CreateSpeech
from heygen_async.scripting import (
    check_picture,
    contact_sheet,
    default_voice,
    dimension,
    pick_avatars,
    pick_voices,
    read_subtitles,
    remotion_composition,
    subtitles_of,
    write_subtitles,
)

WORDS = "Hello there. This is a somewhat longer sentence, which takes two captions to read. Bye."


async def test_from_the_lists_to_the_composition(heygen: HeyGen, tmp_path: Path) -> None:
    looks = [look async for look in heygen.avatars.list_looks()]
    voices = [voice async for voice in heygen.voices.list()]
    look = pick_avatars(looks, gender="female", engine="avatar_v")[0]
    voice_id = default_voice(look, voices)
    assert contact_sheet(looks, voices).count("<li>") == len(looks) + len(voices)
    video = AvatarVideo(avatar_id=look.id, voice_id=voice_id, script=WORDS)
    assert not check_picture(video, avatars=looks, voices=voices)
    job = await heygen.videos.create(video)
    made = await job.wait()
    text = (await job.download(tmp_path / "a.srt", file="subtitle_url")).read_text("utf-8")
    subtitles = read_subtitles(text)
    assert write_subtitles(subtitles) == text
    composition = remotion_composition(made, size=dimension(), subtitles=subtitles)
    assert [each.text for each in composition.default_props.captions][::3] == [
        "Hello there.",
        "Bye.",
    ]
    assert composition.expires_at is not None
    last = composition.default_props.captions[-1].end_ms
    assert last / 1000 * 30 <= composition.duration_in_frames


async def test_a_speech_has_captions(heygen: HeyGen) -> None:
    voices = (await heygen.voices.list(engine="starfish")).items
    voice = pick_voices(voices, language="english", support_pause=True)[0]
    speech = await heygen.voices.create_speech(CreateSpeech(text=WORDS, voice_id=voice.voice_id))
    assert speech.word_timestamps
    assert not all(each.is_spoken for each in speech.word_timestamps)
    captions = subtitles_of(speech)
    assert " ".join(cue.text for cue in captions.cues) == WORDS
    assert len(captions.cues) == 4
