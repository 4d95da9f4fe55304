"""Data flows one way: a layer imports only what lies below it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.structure.tree import FILES, MODULES, ROOT, imports, layer_of, module_of

BOTTOM = {"errors", "version", "lazy"}
MODELS = {"models", *BOTTOM}
WIRE = {"wire", *MODELS}
MIGRATION = {"migration", *WIRE}
CONFIG = {"config", *WIRE}
TRANSPORT = {"transport", *CONFIG}
API = {"api", *TRANSPORT}
JOBS = {"jobs", *API}
ORCHESTRATOR = {"orchestrator", *JOBS}
CLIENT = {"client", *ORCHESTRATOR}
SANDBOX = {"sandbox", "wire", "models", "version"}

MAY_IMPORT = {
    "errors": set[str](),
    "version": set[str](),
    "lazy": set[str](),
    "models": MODELS,
    "wire": WIRE,
    "config": CONFIG,
    "transport": TRANSPORT,
    "api": API,
    "jobs": JOBS,
    "orchestrator": ORCHESTRATOR,
    "client": CLIENT,
    "events": ORCHESTRATOR,
    "migration": MIGRATION,
    "webhooks": JOBS,
    "": {"lazy", "events", "migration", "webhooks", *CLIENT},
    "sandbox": SANDBOX,
    "testing": {"", "testing", "sandbox", *CLIENT},
    "inference_sh": {"inference_sh", *TRANSPORT},
    "scripting": {"scripting", *WIRE},
    "contrib": {"", "contrib", *CLIENT},
    "cli": {
        *("", "cli", "testing", "sandbox", "scripting", "migration", "inference_sh"),
        *CLIENT,
    },
    "__main__": {"cli"},
}
TALKS_HTTP = {"transport", "client", "sandbox", "cli", "contrib", "testing"}
EXTRAS = ["typer", "rich", "av", "PIL", "espeakng_loader", "sqlalchemy", "aiosqlite",
          "procrastinate", "psycopg", "opentelemetry", "numpy"]  # fmt: skip

every_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: str(path.relative_to(ROOT / "heygen_async"))
)


def test_every_layer_has_its_rule() -> None:
    assert {layer_of(module) for module in MODULES} <= set(MAY_IMPORT)


@every_file
def test_a_layer_imports_only_what_lies_below_it(path: Path) -> None:
    layer = layer_of(module_of(path))
    ours = {name for name in imports(path) if name.partition(".")[0] == "heygen_async"}
    wrong = sorted(name for name in ours if layer_of(name) not in MAY_IMPORT[layer])
    assert not wrong, f"{layer or 'the package'} must not import {wrong}"


@every_file
def test_only_the_edge_talks_http_and_reads_files(path: Path) -> None:
    if layer_of(module_of(path)) in TALKS_HTTP:
        return
    tops = {name.partition(".")[0] for name in imports(path)}
    assert not tops & {"aiohttp", "aiofiles", "yarl", "multidict", "httpx", "requests"}


@every_file
def test_nothing_is_imported_that_is_not_declared(path: Path) -> None:
    layer = layer_of(module_of(path))
    tops = {name.partition(".")[0] for name in imports(path)} - set(sys.stdlib_module_names)
    core = {"heygen_async", "aiohttp", "aiofiles", "msgspec", "anyio", "multidict", "yarl"}
    extras = {"sandbox": {"av", "PIL", "espeakng_loader", "numpy"}, "cli": {"typer", "rich"}}
    assert tops <= core | extras.get(layer, set())


def test_the_rules_bite(tmp_path: Path) -> None:
    assert "cli" not in set.union(*(MAY_IMPORT[layer] for layer in MAY_IMPORT if layer not in
                                    {"cli", "__main__"}))  # fmt: skip
    assert "client" not in MAY_IMPORT["sandbox"]
    assert "transport" not in MAY_IMPORT["sandbox"]
    videos = MODULES["heygen_async.api.videos"]
    assert "heygen_async.wire.routes.videos" in set(imports(videos))


def python(code: str) -> str:
    done = subprocess.run(  # noqa: S603  our own interpreter and our own text
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded_by(code: str) -> set[str]:
    return set(python(f"{code}\nimport sys\nprint(*sys.modules)").split())


def test_importing_the_package_loads_nothing_but_names() -> None:
    loaded = loaded_by("import heygen_async")
    assert {name for name in loaded if name.startswith("heygen_async")} == {
        "heygen_async",
        "heygen_async.lazy",
    }
    assert not loaded & {"aiohttp", "aiofiles", "msgspec", "anyio", "asyncio"}


UNUSED = ["api.v2", "models.v2", "models.preview", "migration", "orchestrator", "jobs.inbox",
          "wire.checks_videos"]  # fmt: skip


def test_a_client_loads_what_it_is_used_for() -> None:
    made = loaded_by("import heygen_async; heygen_async.HeyGen(api_key='k')")
    assert not made & {f"heygen_async.{name}" for name in UNUSED}
    resources = {name for name in made if name.startswith("heygen_async.api.")}
    assert not resources & {f"heygen_async.api.{name}" for name in ("videos", "avatars", "voices")}
    used = loaded_by("import heygen_async; heygen_async.HeyGen(api_key='k').videos")
    assert {"heygen_async.api.videos", "heygen_async.models.videos"} <= used
    assert not used & {"heygen_async.api.avatars", "heygen_async.models.v2"}


def test_a_request_loads_the_models_of_its_own() -> None:
    loaded = loaded_by("from heygen_async.models import AvatarVideo")
    assert "heygen_async.models.videos" in loaded
    assert not loaded & {"heygen_async.models.v2", "heygen_async.models.translations"}


def test_importing_the_package_imports_no_extra() -> None:
    loaded = python(
        "import sys, heygen_async\n"
        "for name in heygen_async.__all__: getattr(heygen_async, name)\n"
        f"print(*[name for name in {EXTRAS!r} if name in sys.modules])\n"
        "parts = {m.split('.')[1] for m in sys.modules if m.startswith('heygen_async.')}\n"
        "print(*parts & {'sandbox', 'cli', 'testing', 'contrib', 'inference_sh', 'scripting'})"
    )
    assert loaded.split() == []


@pytest.mark.parametrize("module", ["heygen_async", "heygen_async.sandbox", "heygen_async.testing"])
def test_the_package_works_where_no_extra_is_installed(module: str) -> None:
    python(
        "import sys, importlib\n"
        "class Absent:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name.partition('.')[0] in {EXTRAS!r}:\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Absent())\n"
        f"module = importlib.import_module({module!r})\n"
        "for name in module.__all__: getattr(module, name)"
    )


def test_importing_the_package_starts_nothing() -> None:
    alive = python(
        "import threading, heygen_async, asyncio\n"
        "print(threading.active_count())\n"
        "heygen_async.HeyGen(api_key='k')\n"
        "print(threading.active_count())"
    )
    assert alive.split() == ["1", "1"]
