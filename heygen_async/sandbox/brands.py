"""What the sandbox remembers of brands. Plain data, part of the world."""

import msgspec


class FontRole(msgspec.Struct, kw_only=True):
    """The font of one kind of text."""

    font_id: str | None = None
    weight: int | None = None


class BrandKit(msgspec.Struct, kw_only=True):
    """A brand kit.

    Attributes:
        id: Its id.
        name: Name to show.
        site: The website that it was made from; decides colours and logos.
        created: Virtual Unix time.
        done: Virtual Unix time at which its import ends.
        fails: Whether the import fails.
        shared: Whether it belongs to another workspace.
        color_roles: As they were set; None for those that were found.
        logo_role: As it was set; empty for the first logo, None for none.
        font_roles: As they were set; None for those that were found.
    """

    id: str
    name: str
    site: str
    created: float
    done: float
    fails: bool = False
    shared: bool = False
    color_roles: dict[str, str | None] | None = None
    logo_role: str | None = ""
    font_roles: dict[str, FontRole | None] | None = None


class Glossary(msgspec.Struct, kw_only=True):
    """A brand glossary.

    Attributes:
        id: Its id.
        name: Name to show.
        created: Virtual Unix time.
        updated: Virtual Unix time.
        terms: Terms and how they are said.
        kept: Terms that are not translated.
        forced: Terms and their only translation.
        tones: Tones to choose from (v1).
        tone: The one that was chosen (v1).
    """

    id: str
    name: str
    created: float
    updated: float
    terms: list[tuple[str, str]] = []
    kept: list[str] = []
    forced: list[tuple[str, str]] = []
    tones: list[str] = []
    tone: str | None = None
