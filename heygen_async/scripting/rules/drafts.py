"""What the rules for prompts look at."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from heygen_async.models.base import Record
from heygen_async.scripting.findings import Hit, Rule
from heygen_async.scripting.prompts import Prompt, PromptScene, SceneKind, Span
from heygen_async.scripting.styles import STYLES


class Draft(Record):
    """A prompt, and what is sent with it.

    Attributes:
        prompt: The prompt, taken apart.
        seconds: How long the video is asked to be besides; None when only the prompt says so.
        files: The names of the files that go with it.
        language: Of what is said.
    """

    prompt: Prompt
    seconds: float | None
    files: tuple[str, ...]
    language: str

    @property
    def scenes(self) -> tuple[PromptScene, ...]:
        """The scenes, where they say of which kind they are; a plain list of scenes is no plan."""
        scenes = self.prompt.scenes
        return scenes if any(scene.kind is not None for scene in scenes) else ()

    def of_kind(self, kind: SceneKind) -> list[PromptScene]:
        """The scenes of one kind.

        Args:
            kind: Such as B-roll.
        """
        return [scene for scene in self.prompt.scenes if scene.kind is kind]

    @property
    def is_fast(self) -> bool:
        """Whether it asks for a style that cuts every one to three seconds."""
        style = self.prompt.section("STYLE")
        text = style.whole.text.casefold() if style else ""
        return any(each.fast and each.name.casefold() in text for each in STYLES.values())


PromptCheck: TypeAlias = Callable[[Draft], Iterator[Hit]]
Checks: TypeAlias = tuple[tuple[Rule, PromptCheck], ...]


def named(scene: PromptScene) -> str:
    """What a scene is called in a message.

    Args:
        scene: The scene.
    """
    return f"scene {scene.number}"


def shown_texts(scene: PromptScene) -> Iterator[Span]:
    """What a scene describes, without what is said in it.

    Args:
        scene: The scene.
    """
    yield from scene.directions
    yield from (layer.body for layer in scene.layers)
    if scene.transition is not None:
        yield scene.transition


def seconds_text(seconds: float) -> str:
    """A length for a message, such as ``7.5 s``.

    Args:
        seconds: The length.
    """
    return f"{round(seconds, 1):g} s"
