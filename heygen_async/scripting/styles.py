"""The twenty visual styles of HeyGen's guide, from the quietest to the loudest.

The guide gives each a name, the designer it takes after and a mood, and some of them colours and a
rule. Where it gives no more, colours, typography and motion are put into words here.
"""

from typing import Final

from heygen_async.errors import InvalidRequestError
from heygen_async.models.base import Record


class VisualStyle(Record):
    """How a video looks.

    Attributes:
        number: 1 is the quietest, 20 the loudest.
        name: Its name.
        designer: Whom it takes after.
        mood: What it feels like, in the guide's words.
        subjects: What it is good for, in the guide's words.
        colors: As hex where the guide says so.
        typography: Its lettering.
        motion: How things move.
        transition: How scenes end.
        rule: What has to be kept to besides, if anything.
        fast: Whether it cuts every one to three seconds within a scene.
    """

    number: int
    name: str
    designer: str
    mood: str
    subjects: tuple[str, ...]
    colors: str
    typography: str
    motion: str
    transition: str
    rule: str | None = None
    fast: bool = False

    def __str__(self) -> str:
        """The STYLE section that asks for it."""
        rule = f" {self.rule}" if self.rule else ""
        return (
            f"{self.name}, after {self.designer}: {self.mood}. Colors: {self.colors}. Typography:"
            f" {self.typography}. Motion: {self.motion}. Transition: {self.transition}.{rule}"
        )


STYLES: Final[dict[str, VisualStyle]] = {
    style.name: style
    for style in (
        VisualStyle(
            number=1,
            name="Soft Signal",
            designer="Stefan Sagmeister",
            mood="intimate, warm",
            subjects=("personal",),
            colors="cream, blush and warm grey",
            typography="handwritten lines beside a light serif",
            motion="words draw themselves on, slowly",
            transition="soft dissolve",
        ),
        VisualStyle(
            number=2,
            name="Warm Grain",
            designer="Olle Eksell",
            mood="organic, friendly",
            subjects=("natural",),
            colors="ochre, moss green and paper white",
            typography="rounded sans in lower case",
            motion="cut-out shapes drift and breathe",
            transition="soft dissolve",
        ),
        VisualStyle(
            number=3,
            name="Quiet Drama",
            designer="Satyajit Ray",
            mood="humanist, contemplative",
            subjects=("personal",),
            colors="black, ivory and one deep red",
            typography="hand-lettered titles with wide spacing",
            motion="slow pans over still pictures",
            transition="soft dissolve",
        ),
        VisualStyle(
            number=4,
            name="Heritage Reel",
            designer="Cassandre",
            mood="nostalgic, vintage",
            subjects=("nostalgic",),
            colors="sepia, navy and faded gold",
            typography="tall art deco capitals",
            motion="flat shapes rise and slide like a poster being built",
            transition="iris wipe",
        ),
        VisualStyle(
            number=5,
            name="Silk Route",
            designer="Reza Abedini",
            mood="flowing, mysterious",
            subjects=("cultural",),
            colors="indigo, saffron and bone white",
            typography="calligraphic strokes woven through a figure",
            motion="lettering flows along a curve",
            transition="slow cross-dissolve",
        ),
        VisualStyle(
            number=6,
            name="Swiss Pulse",
            designer="Josef Müller-Brockmann",
            mood="clinical, precise",
            subjects=("analytical",),
            colors="#1a1a1a and #0066FF on white",
            typography="grotesque sans, flush left on a grid, figures large",
            motion="blocks slide along the grid, figures count up",
            transition="grid wipe",
        ),
        VisualStyle(
            number=7,
            name="Geometric Bold",
            designer="Ikko Tanaka",
            mood="minimal, elegant",
            subjects=("elegant",),
            colors="at most three flat colors",
            typography="one bold sans, few words",
            motion="circles and squares slide and lock into place",
            transition="clean wipe",
            rule="Keep 60 % of the picture empty.",
        ),
        VisualStyle(
            number=8,
            name="Velvet Standard",
            designer="Massimo Vignelli",
            mood="premium, timeless",
            subjects=("elegant",),
            colors="#1a237e or #c9a84c on black",
            typography="one classic serif, generous spacing",
            motion="lines and titles fade in, slowly",
            transition="slow cross-dissolve",
        ),
        VisualStyle(
            number=9,
            name="Digital Grid",
            designer="Wim Crouwel",
            mood="systematic, technical",
            subjects=("analytical",),
            colors="#0a0a0a with #00E5FF, #FFB300 and #00FF88",
            typography="modular monospace letters",
            motion="cells fill one by one, text types on",
            transition="grid wipe",
        ),
        VisualStyle(
            number=10,
            name="Contact Sheet",
            designer="Alexey Brodovitch",
            mood="editorial, investigative",
            subjects=("investigative",),
            colors="black, white and one red mark",
            typography="high-contrast serif headlines, cropped wide",
            motion="photographs snap into rows",
            transition="snap cut",
        ),
        VisualStyle(
            number=11,
            name="Folk Frequency",
            designer="Eduardo Terrazas",
            mood="cultural, vivid",
            subjects=("cultural",),
            colors="magenta, turquoise and marigold",
            typography="thick lettering with parallel outlines",
            motion="rings of line pulse outward",
            transition="pop cut",
        ),
        VisualStyle(
            number=12,
            name="Earth Pulse",
            designer="Lemi Ghariokwu",
            mood="grounded, communal",
            subjects=("natural",),
            colors="terracotta, leaf green and sun yellow",
            typography="painted bold lettering",
            motion="crowded pictures build piece by piece to a beat",
            transition="hard cut",
        ),
        VisualStyle(
            number=13,
            name="Dream State",
            designer="Henryk Tomaszewski",
            mood="surreal, poetic",
            subjects=("philosophical",),
            colors="pale blue, chalk white and one odd orange",
            typography="brushed letters of uneven size",
            motion="shapes morph into one another",
            transition="liquid dissolve",
            rule="Never use hard cuts.",
        ),
        VisualStyle(
            number=14,
            name="Play Mode",
            designer="Ahn Sang-soo",
            mood="playful, irreverent",
            subjects=("fun",),
            colors="candy pink, lime and sky blue",
            typography="letters taken apart and put together as figures",
            motion="letters bounce and spin",
            transition="pop cut",
            fast=True,
        ),
        VisualStyle(
            number=15,
            name="Carnival Surge",
            designer="Rico Lins",
            mood="euphoric, celebratory",
            subjects=("fun",),
            colors="#FF1493, #FFE000 and #00CED1",
            typography="collaged display type of many sizes",
            motion="cut-outs crash in and burst",
            transition="smash cut",
            fast=True,
        ),
        VisualStyle(
            number=16,
            name="Shadow Cut",
            designer="Hans Hillmann",
            mood="dark, cinematic",
            subjects=("investigative",),
            colors="black, slate and one cold light",
            typography="narrow sans, small, in the dark",
            motion="shadows slide over the picture",
            transition="hard cut",
        ),
        VisualStyle(
            number=17,
            name="Deconstructed",
            designer="Neville Brody",
            mood="industrial, raw",
            subjects=("raw",),
            colors="#1a1a1a, #D4501E and #f0f0f0",
            typography="heavy condensed sans, rotated and cropped",
            motion="type slams in and shatters",
            transition="smash cut",
        ),
        VisualStyle(
            number=18,
            name="Maximalist Type",
            designer="Paula Scher",
            mood="loud, kinetic",
            subjects=("loud",),
            colors="red, yellow and black, full strength",
            typography="stacked bold capitals at every angle",
            motion="words slam in from all sides",
            transition="white flash frame",
            rule="Text covers 50 to 80 % of the frame.",
            fast=True,
        ),
        VisualStyle(
            number=19,
            name="Data Drift",
            designer="Refik Anadol",
            mood="futuristic, immersive",
            subjects=("futuristic",),
            colors="#7c3aed, #06b6d4 and #0a0a0a",
            typography="thin wide sans over moving light",
            motion="particles swirl and morph",
            transition="liquid dissolve",
        ),
        VisualStyle(
            number=20,
            name="Red Wire",
            designer="David Tartakover",
            mood="urgent, immediate",
            subjects=("breaking",),
            colors="red, black and newsprint white",
            typography="bold headline sans in capitals",
            motion="headlines stamp on, wires flash",
            transition="snap cut",
        ),
    )
}
"""By name."""


def find_style(name: str) -> VisualStyle:
    """A style by its name.

    Args:
        name: In capital or small letters.

    Raises:
        InvalidRequestError: There is none of this name.
    """
    for style in STYLES.values():
        if style.name.casefold() == name.strip().casefold():
            return style
    raise InvalidRequestError("style", name, f"must be one of {', '.join(STYLES)}")


def styles_for(subject: str) -> list[VisualStyle]:
    """The styles that are good for a kind of subject, the quietest first.

    Args:
        subject: Such as ``analytical`` or ``fun``; or a word of the mood, such as ``warm``.
    """
    word = subject.strip().casefold()
    return [
        style
        for style in STYLES.values()
        if word in style.subjects or word in style.mood.split(", ")
    ]
