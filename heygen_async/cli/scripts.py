"""The commands about what is said: `heygen-async script` and `heygen-async prompt`."""

from typing import Annotated, Final

import typer

script: Final = typer.Typer(help="What a voice is to say.")
prompt: Final = typer.Typer(help="What the video agent is asked for.")

_File = Annotated[str, typer.Argument(help="A text file; - is stdin.")]
_Language = Annotated[str, typer.Option(help="Of what is said; words are advised in en alone.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@script.command()
def check(
    file: _File,
    *,
    method: Annotated[
        str, typer.Option(help="The method that gets it; its limits are checked.")
    ] = "videos.create",
    speed: Annotated[float, typer.Option(help="Of the voice, 0.5 to 2.0.")] = 1.0,
    pace: Annotated[float, typer.Option(help="Words a minute at normal speed.")] = 150.0,
    ssml: Annotated[bool, typer.Option("--ssml", help="The script is SSML.")] = False,
    language: _Language = "en",
    as_json: _Json = False,
) -> None:
    """Count a script, tell how long it takes to say, and what is wrong with it."""
    from heygen_async.cli.wording import check as run_check  # noqa: PLC0415  a quick --help

    _end(
        run_check(
            file,
            method=method,
            speed=speed,
            pace=pace,
            ssml=ssml,
            language=language,
            as_json=as_json,
        )
    )


@prompt.command()
def lint(
    file: _File,
    *,
    seconds: Annotated[
        float | None, typer.Option(help="How long the video is asked to be, besides.")
    ] = None,
    attached: Annotated[
        list[str] | None, typer.Option("--file", help="Name of a file that goes along; again.")
    ] = None,
    language: _Language = "en",
    as_json: _Json = False,
) -> None:
    """Hold a prompt for the video agent to HeyGen's guide."""
    from heygen_async.cli.wording import lint as run_lint  # noqa: PLC0415

    _end(run_lint(file, seconds=seconds, files=attached or [], language=language, as_json=as_json))


@prompt.command()
def build(file: Annotated[str, typer.Argument(help="TOML with the brief; - is stdin.")]) -> None:
    """Make a prompt of a brief; what could be better goes to stderr."""
    from heygen_async.cli.wording import build as run_build  # noqa: PLC0415

    _end(run_build(file))


def _end(code: int) -> None:
    if code:
        raise typer.Exit(code)
