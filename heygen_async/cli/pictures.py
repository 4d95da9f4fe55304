"""The commands about what is seen and who speaks: `captions`, `avatars` and `voices`."""

from enum import Enum
from typing import Annotated, Final, Literal

import typer

captions: Final = typer.Typer(help="Captions as files.")
avatars: Final = typer.Typer(help="Who can be seen.")
voices: Final = typer.Typer(help="Who can be heard.")


class _Form(Enum):
    SRT = "srt"
    VTT = "vtt"


class _Whose(Enum):
    PUBLIC = "public"
    PRIVATE = "private"


_Gender = Annotated[str | None, typer.Option(help="female or male.")]
_Name = Annotated[str | None, typer.Option(help="Part of a name.")]
_Most = Annotated[int, typer.Option("--limit", min=1, help="How many to show.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Sheet = Annotated[str | None, typer.Option(help="Write a page with all previews to this file.")]
_Open = Annotated[
    bool, typer.Option("--open", help="Open the page, or the first preview, in the browser.")
]
_Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


@captions.command()
def convert(
    file: Annotated[str, typer.Argument(help="SRT or WebVTT; - is stdin.")],
    *,
    to: Annotated[
        _Form | None,
        typer.Option(help="By the ending of --output, or the other form, when left out."),
    ] = None,
    output: Annotated[str, typer.Option(help="File for the result; - is stdout.")] = "-",
    shift: Annotated[float, typer.Option(help="Seconds later; below 0 earlier.")] = 0.0,
    merge: Annotated[bool, typer.Option("--merge", help="Join neighbours that fit.")] = False,
    split: Annotated[bool, typer.Option("--split", help="Cut those that are too long.")] = False,
    max_chars: Annotated[int, typer.Option(min=1, help="Characters of a line.")] = 42,
    max_lines: Annotated[int, typer.Option(min=1, help="Lines of a caption.")] = 2,
    force: _Force = False,
) -> None:
    """Turn SRT into WebVTT or back, move captions in time, and make them longer or shorter."""
    from heygen_async.cli.captions import convert as run  # noqa: PLC0415  a quick --help

    run(
        file,
        form=None if to is None else "srt" if to is _Form.SRT else "vtt",
        output=output,
        shift=shift,
        merge=merge,
        split=split,
        max_chars=max_chars,
        max_lines=max_lines,
        force=force,
    )


@avatars.command("pick")
def pick_avatars(
    *,
    gender: _Gender = None,
    name: _Name = None,
    tag: Annotated[str | None, typer.Option(help="One of its tags.")] = None,
    engine: Annotated[
        str | None, typer.Option(help="One that it supports, such as avatar_iv.")
    ] = None,
    whose: Annotated[
        _Whose | None, typer.Option("--type", help="HeyGen's own or yours; both when left out.")
    ] = None,
    limit: _Most = 20,
    as_json: _Json = False,
    sheet: _Sheet = None,
    show: _Open = False,
    force: _Force = False,
) -> None:
    """List avatars that fit: the id that a video takes, name, gender, engines and preview."""
    from heygen_async.cli.picking import Presented, avatars as run  # noqa: PLC0415

    presented = Presented(limit=limit, as_json=as_json, sheet=sheet, show=show, force=force)
    ownership: Literal["public", "private"] | None = None
    if whose is not None:
        ownership = whose.value
    run(presented, ownership=ownership, gender=gender, name=name, tag=tag, engine=engine)


@voices.command("pick")
def pick_voices(
    *,
    language: Annotated[
        str | None, typer.Option(help="Words of its language's English name, or a code such as en.")
    ] = None,
    gender: _Gender = None,
    name: _Name = None,
    pauses: Annotated[bool, typer.Option("--pauses", help="Only those that know <break>.")] = False,
    whose: Annotated[
        _Whose, typer.Option("--type", help="The shared library, or your clones.")
    ] = _Whose.PUBLIC,
    limit: _Most = 20,
    as_json: _Json = False,
    sheet: _Sheet = None,
    show: _Open = False,
    force: _Force = False,
) -> None:
    """List voices that fit: the id that a video takes, name, language, gender and preview."""
    from heygen_async.cli.picking import Presented, voices as run  # noqa: PLC0415

    presented = Presented(limit=limit, as_json=as_json, sheet=sheet, show=show, force=force)
    run(
        presented,
        kind=whose.value,
        language=language,
        gender=gender,
        name=name,
        support_pause=pauses,
    )
