"""The commands and their options."""

import asyncio
import logging
import math
import os
import sys
import traceback
from collections.abc import Callable, Coroutine, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.main import get_command

from heygen_async.cli import failures, pictures, scripts
from heygen_async.cli.console import out, say
from heygen_async.version import __version__

app: Final = typer.Typer(
    name="heygen-async",
    help="An asyncio-first client for HeyGen, and a local HeyGen to try it on.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(scripts.script, name="script")
app.add_typer(scripts.prompt, name="prompt")
app.add_typer(pictures.captions, name="captions")
app.add_typer(pictures.avatars, name="avatars")
app.add_typer(pictures.voices, name="voices")

# typer brings its own click, or takes the installed one: both give this class to their errors.
_UsageError: Final[type[Exception]] = next(
    each for each in typer.BadParameter.__mro__ if each.__name__ == "ClickException"
)


class _Options:
    debug = False


class _Engine(Enum):
    AVATAR_III = "avatar_iii"
    AVATAR_IV = "avatar_iv"
    AVATAR_V = "avatar_v"


class _Form(Enum):
    JSON = "json"
    JSONL = "jsonl"


def run(arguments: Sequence[str]) -> int:
    """Runs a command line.

    Args:
        arguments: Without the name of the program.

    Returns:
        The exit code.
    """
    _Options.debug = False
    try:
        code = get_command(app)(list(arguments), standalone_mode=False)
    except _UsageError as problem:
        message = getattr(problem, "format_message", problem.__str__)()
        say(f"error: {' '.join(message.split())} Try: heygen-async --help")
        return failures.USAGE
    except typer.Abort:
        code = failures.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has left: nothing is wrong, and there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return failures.SOME_FAILED
    except SystemExit as leaving:  # rich leaves like this when nobody reads any more
        return leaving.code if isinstance(leaving.code, int) else failures.SOME_FAILED
    except BaseException as problem:  # noqa: BLE001  a person gets a line, never a traceback
        return _report(problem)
    if code == failures.INTERRUPTED:  # typer keeps a Ctrl-C to itself and returns this
        say("interrupted")
    return code if isinstance(code, int) else failures.OK


def _report(problem: BaseException) -> int:
    if _Options.debug:
        traceback.print_exception(problem)
    code = failures.exit_code(problem)
    if code == failures.INTERRUPTED:
        say("interrupted")
    else:
        say(f"error: {failures.line(problem)}")
    return code


def _await(work: Callable[[], Coroutine[Any, Any, int | None]]) -> None:
    """Runs a coroutine to its end; its number is the exit code."""
    code = asyncio.run(work())
    if code:
        raise typer.Exit(code)


def _show_version(value: bool) -> None:  # noqa: FBT001  typer calls it like this
    if value:
        out(__version__)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _main(
    context: typer.Context,
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show tracebacks and the library's log.")
    ] = False,
    version: Annotated[  # noqa: ARG001  acted upon by its callback
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    _Options.debug = debug
    if debug:
        logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    else:
        # What the loop or the server would log is told by our own line, or by nobody.
        logging.getLogger().addHandler(logging.NullHandler())
    if context.invoked_subcommand is None:
        context.get_help()  # typer prints it
        raise typer.Exit(failures.USAGE)


@app.command()
def sandbox(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8700,
    speed: Annotated[float, typer.Option(help="Sandbox seconds in a real second.")] = 1.0,
    slots: Annotated[int, typer.Option(min=1, help="Renders in flight at once.")] = 10,
    seed: Annotated[int, typer.Option(help="Decides ids, durations and portraits.")] = 0,
    retired: Annotated[
        bool, typer.Option("--retired", help="Answer as if HeyGen had removed v1 and v2.")
    ] = False,
    no_media: Annotated[
        bool, typer.Option("--no-media", help="Serve one canned clip for every video.")
    ] = False,
    state: Annotated[
        Path | None, typer.Option(help="Folder that keeps everything over a restart.")
    ] = None,
) -> None:
    """Run a local HeyGen; prints `ready: <address>` when it listens."""
    _positive("--speed", speed)
    from heygen_async.cli.serve import serve  # noqa: PLC0415  a quick --help imports no server

    _await(
        lambda: serve(
            host=host,
            port=port,
            speed=speed,
            slots=slots,
            seed=seed,
            media=not no_media,
            state=state,
            retired=retired,
        )
    )


@app.command()
def demo(
    *,
    folder: Annotated[
        Path, typer.Option("--out", help="Folder for the videos and the report.")
    ] = Path("demo-out"),
    live: Annotated[
        bool, typer.Option("--live", help="Use HeyGen and your key; shows the cost and asks.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; for --live.")] = False,
    speed: Annotated[
        float, typer.Option(help="Sandbox seconds in a real second; without --live.")
    ] = 40.0,
    slots: Annotated[int, typer.Option(min=1, help="Videos in flight at once.")] = 6,
    photo: Annotated[Path | None, typer.Option(help="Photo to use instead of Chelsea.")] = None,
    scripts: Annotated[
        Path | None, typer.Option(help="CSV: key,title,aspect,road,captions,background,script.")
    ] = None,
) -> None:
    """One photo in, twelve talking videos out, with a report to look at."""
    _positive("--speed", speed)
    from heygen_async.cli.demo import Settings, demo as run_demo  # noqa: PLC0415

    settings = Settings(
        folder=folder,
        live=live,
        yes=yes,
        speed=speed,
        slots=slots,
        photo=photo,
        scripts=scripts,
    )
    code = run_demo(settings)
    if code:
        raise typer.Exit(code)


_batch: Final = typer.Typer(help="A file of rows in, a folder of videos out.")
app.add_typer(_batch, name="batch", no_args_is_help=True)


@_batch.callback()
def _group() -> None:
    pass  # with it, a group of one command stays a group


_Rows = Annotated[
    Path,
    typer.Argument(
        help="A .csv or .jsonl file with a video in each line: the fields of the request, and a key"
        " for its file."
    ),
]
_Folder = Annotated[Path, typer.Option("--out", help="Folder for the videos.")]
_Default = Annotated[str | None, typer.Option(help="For rows that name none.")]
_Run = Annotated[
    str | None,
    typer.Option(help="Name of the run, part of every key; made of the file's path when left out."),
]
_Ordered = Annotated[bool, typer.Option("--ordered", help="Outcomes in the order of the rows.")]
_FailFast = Annotated[bool, typer.Option("--fail-fast", help="Stop at the first failure.")]
_Batches = Annotated[
    bool, typer.Option("--batches", help="Send up to 100 rows in one call; takes no --run.")
]
_OnSandbox = Annotated[
    bool, typer.Option("--sandbox", help="On the embedded sandbox: nothing is spent.")
]


@_batch.command("run")
def batch_run(
    file: _Rows,
    *,
    folder: _Folder,
    avatar_id: _Default = None,
    voice_id: _Default = None,
    slots: Annotated[int, typer.Option(min=1, help="Videos in flight at once.")] = 10,
    run: _Run = None,
    ordered: _Ordered = False,
    fail_fast: _FailFast = False,
    batches: _Batches = False,
    sandbox: _OnSandbox = False,
    speed: Annotated[
        float, typer.Option(help="Sandbox seconds in a real second; with --sandbox.")
    ] = 40.0,
) -> None:
    """Make the videos of a file; each outcome is a line of JSON on stdout.

    Ctrl-C finishes what is under way, a second one breaks it off. Videos that are there are not
    made again.
    """
    _positive("--speed", speed)
    if batches and run is not None:
        raise typer.BadParameter("--batches takes no --run: a batch has one key for all its rows.")
    from heygen_async.cli.batch import Settings, run_batch  # noqa: PLC0415

    given = {"avatar_id": avatar_id, "voice_id": voice_id}
    code = run_batch(
        Settings(
            file=file,
            folder=folder,
            defaults={name: value for name, value in given.items() if value},
            slots=slots,
            run=run,
            ordered=ordered,
            fail_fast=fail_fast,
            batches=batches,
            sandbox=speed if sandbox else None,
        )
    )
    if code:
        raise typer.Exit(code)


@app.command()
def migrate(
    file: Annotated[
        str, typer.Argument(help="JSON: a request, a list, or one in each line; - is stdin.")
    ],
    *,
    output: Annotated[str, typer.Option(help="File for the result; - is stdout.")] = "-",
    engine: Annotated[
        _Engine | None,
        typer.Option(help="For avatars whose request names none; Avatar III when left out."),
    ] = None,
    template_id: Annotated[
        str | None, typer.Option(help="The template of requests that fill one.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing, and exit 1, if anything is lost.")
    ] = False,
    form: Annotated[
        _Form,
        typer.Option("--format", help="json: an object or a list; jsonl: one in each line."),
    ] = _Form.JSON,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Turn requests of HeyGen v1 and v2 into those of v3; what has no equal goes to stderr."""
    from heygen_async.cli.migrate import migrate as run_migrate  # noqa: PLC0415

    code = run_migrate(
        file,
        output=output,
        engine=engine.value if engine else None,
        template_id=template_id,
        strict=strict,
        lines=form is _Form.JSONL,
        force=force,
    )
    if code:
        raise typer.Exit(code)


@app.command()
def doctor(
    *,
    online: Annotated[
        bool, typer.Option("--online", help="Also ask HeyGen who the key belongs to.")
    ] = False,
) -> None:
    """Show what is installed, where the key comes from, and where calls would go."""
    from heygen_async.cli.doctor import doctor as run_doctor  # noqa: PLC0415

    _await(lambda: run_doctor(online=online))


def _positive(name: str, value: float) -> None:
    if not (value > 0 and math.isfinite(value)):
        raise typer.BadParameter(f"{name} must be a number above 0, got {value}.")
