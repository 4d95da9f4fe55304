"""``/apps``: what the apps take and give back."""

from typing import Any, Final

from heygen_async.sandbox.context import Call, Context, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.inference import apps, inputs


async def get_app(_ctx: Context, call: Call) -> Reply:
    """Reads an app with the schemas of its functions."""
    app = apps.find(f"{call.params['namespace']}/{call.params['name']}")
    functions: dict[str, dict[str, Any]] = {
        name: {
            "name": name,
            "kind": "run",
            "input_schema": inputs.schema(function.takes),
            "output_schema": inputs.schema(function.gives),
        }
        for name, function in app.functions.items()
    }
    default = functions[app.default]
    namespace, _, name = app.name.partition("/")
    return Reply(
        {
            "id": app.id,
            "namespace": namespace,
            "name": name,
            "description": app.description,
            "category": app.category,
            "status": "active",
            "version_id": app.version_id,
            "version": {
                "id": app.version_id,
                "short_id": app.version,
                "default_function": app.default,
                "functions": functions,
                "input_schema": default["input_schema"],
                "output_schema": default["output_schema"],
            },
        }
    )


ROUTES: Final = (
    Route(method="GET", path="/apps/{namespace}/{name}", handler=get_app, family=Family.INFERENCE),
)
