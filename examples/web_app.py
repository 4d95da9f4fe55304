"""A web app that orders videos and tells how far they are. One client serves every request.

heygen-async sandbox &
HEYGEN_API_KEY=any HEYGEN_API_BASE=http://127.0.0.1:8700 python examples/web_app.py
curl -d '{"avatar_id": "Ada_public_office_front", "script": "Hello."}' localhost:8080/videos
curl localhost:8080/videos/<id>
"""

from collections.abc import AsyncIterator

from aiohttp import web
from aiohttp.typedefs import Handler

from heygen_async import HeyGen, HeyGenError
from heygen_async.errors import APIError
from heygen_async.models import AvatarVideo

CLIENT = web.AppKey("heygen", HeyGen)


async def lifetime(app: web.Application) -> AsyncIterator[None]:
    """Opens the client with the app, and closes it with the app."""
    async with HeyGen() as heygen:
        app[CLIENT] = heygen
        yield


async def order(request: web.Request) -> web.Response:
    """POST /videos with avatar_id and script: starts a video and answers at once."""
    match await request.json():
        case {"avatar_id": str(avatar_id), "script": str(script)}:
            wanted = AvatarVideo(avatar_id=avatar_id, script=script)
        case _:
            raise ValueError("the body must be an object with avatar_id and script")
    job = await request.app[CLIENT].videos.create(wanted)
    return web.json_response({"id": job.id}, status=202)


async def look(request: web.Request) -> web.Response:
    """GET /videos/{id}: its status, and where it can be downloaded when it is done."""
    video = await request.app[CLIENT].videos.get(request.match_info["id"])
    return web.json_response({"status": video.status, "url": video.video_url})


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What goes wrong at HeyGen is told in one line."""
    try:
        return await handler(request)
    except ValueError as problem:  # no such JSON, or a field that the client refuses to send
        return web.json_response({"error": str(problem)}, status=400)
    except APIError as problem:
        status = problem.status if 400 <= problem.status < 500 else 502  # noqa: PLR2004
        return web.json_response({"error": str(problem)}, status=status)
    except HeyGenError as problem:
        return web.json_response({"error": str(problem)}, status=502)


def make_app() -> web.Application:
    """The app."""
    app = web.Application(middlewares=[errors])
    app.cleanup_ctx.append(lifetime)
    app.router.add_post("/videos", order)
    app.router.add_get("/videos/{id}", look)
    return app


if __name__ == "__main__":
    web.run_app(make_app(), port=8080)
