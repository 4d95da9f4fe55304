import pytest
from hypothesis import given, strategies as st

from heygen_async.models import (
    AgentStatus,
    AvatarStatus,
    BackgroundRemovalStatus,
    ClippingStatus,
    FillerWordRemovalStatus,
    HyperframesStatus,
    VideoStatus,
    VoiceStatus,
)
from heygen_async.models.preview import ModelVoiceStatus, RealtimeStatus
from heygen_async.models.v2 import (
    GenerationStatus,
    LegacyTranslationStatus,
    LegacyVideoStatus,
    LookStatus,
    PersonalizedVideoStatus,
    TrainingStatus,
    WorkflowStatus,
)
from heygen_async.wire.statuses import Verdict, is_known, verdict

KINDS = ["video", "avatar", "photo generation", "training", "photo look"]


@pytest.mark.parametrize(
    ("kind", "word", "expected"),
    [
        *((kind, "completed", Verdict.DONE) for kind in KINDS),
        *((kind, "failed", Verdict.FAILED) for kind in KINDS),
        *((kind, "not_found", Verdict.UNKNOWN_ID) for kind in KINDS),
        *((kind, None, Verdict.DONE) for kind in KINDS),
        *(
            (kind, word, Verdict.RUNNING)
            for kind in KINDS
            for word in ("waiting", "pending", "queued", "running", "processing", "moderating", "")
        ),
        ("avatar", "pending_consent", Verdict.WAITING_FOR_PERSON),
        ("consent", "approved", Verdict.DONE),
        ("consent", "accepted", Verdict.DONE),
        ("consent", "pending", Verdict.WAITING_FOR_PERSON),
        ("consent", "skipped", Verdict.WAITING_FOR_PERSON),
        ("consent", None, Verdict.DONE),
        ("voice", "complete", Verdict.DONE),
        ("voice", "processing", Verdict.RUNNING),
        ("video", "complete", Verdict.RUNNING),
        ("photo generation", "success", Verdict.DONE),
        ("training", "ready", Verdict.DONE),
        ("training", "success", Verdict.DONE),
        ("training", "training", Verdict.RUNNING),
        ("training", "empty", Verdict.FAILED),
        ("video", "success", Verdict.RUNNING),
        ("video", "empty", Verdict.RUNNING),
        ("video", "pending_consent", Verdict.RUNNING),
        ("video agent", "thinking", Verdict.RUNNING),
        ("video agent", "generating", Verdict.RUNNING),
        ("video agent", "waiting_for_input", Verdict.WAITING_FOR_PERSON),
        ("video agent", "reviewing", Verdict.WAITING_FOR_PERSON),
        ("clipping", "cancelled", Verdict.FAILED),
        ("background removal", "deleted", Verdict.FAILED),
        ("video", "deleted", Verdict.RUNNING),
        ("filler-word removal", "completed", Verdict.DONE),
        ("hyperframes render", "rendering", Verdict.RUNNING),
        ("model voice", "PENDING", Verdict.RUNNING),
        ("model voice", "ACTIVE", Verdict.DONE),
        ("model voice", "FAILED", Verdict.FAILED),
        ("model voice", "active", Verdict.RUNNING),
        ("video", "FAILED", Verdict.RUNNING),
        ("realtime session", "streaming", Verdict.DONE),
        ("realtime session", "completed", Verdict.DONE),
        ("realtime session", "error", Verdict.FAILED),
        ("personalized video", "ready", Verdict.DONE),
        ("personalized video", "rendering", Verdict.RUNNING),
        ("a kind of tomorrow", "completed", Verdict.DONE),
    ],
)
def test_a_word_says(kind: str, word: str | None, expected: Verdict) -> None:
    assert verdict(kind, word) is expected


@given(st.text(), st.text())
def test_only_the_words_of_the_table_end_a_job(kind: str, word: str) -> None:
    if not is_known(kind, word):
        assert verdict(kind, word) is Verdict.RUNNING


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("video", VideoStatus),
        ("video", LegacyVideoStatus),
        ("video translation", LegacyTranslationStatus),
        ("workflow", WorkflowStatus),
        ("avatar", AvatarStatus),
        ("voice", VoiceStatus),
        ("photo generation", GenerationStatus),
        ("training", TrainingStatus),
        ("photo look", LookStatus),
        ("video agent", AgentStatus),
        ("clipping", ClippingStatus),
        ("background removal", BackgroundRemovalStatus),
        ("filler-word removal", FillerWordRemovalStatus),
        ("hyperframes render", HyperframesStatus),
        ("model voice", ModelVoiceStatus),
        ("realtime session", RealtimeStatus),
        ("personalized video", PersonalizedVideoStatus),
    ],
)
def test_the_table_knows_every_word_of_the_models(kind: str, words: type[VideoStatus]) -> None:
    assert [word for word in words if not is_known(kind, word)] == []


def test_words_that_are_enum_members_are_read_as_their_text() -> None:
    assert verdict("video", VideoStatus.COMPLETED) is Verdict.DONE
    assert verdict("video", VideoStatus("brand_new")) is Verdict.RUNNING
    assert not is_known("video", VideoStatus("brand_new"))
