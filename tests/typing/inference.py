"""Typical use of inference.sh, never run: every output has the type that its input promises."""

from pathlib import Path
from typing import Any, assert_type

from heygen_async.inference_sh import (
    App,
    Inference,
    LocalFile,
    Session,
    StoredFile,
    Task,
    TaskGlance,
    TaskHandle,
    TaskStatus,
    WebhookHint,
    apps,
    read_webhook,
)


async def runs(inference: Inference, photo: Path) -> None:
    made = await inference.run(apps.PhotoAvatar(name="A", file=photo))
    assert_type(made, Task[apps.CreatedAvatar])
    assert_type(made.output.avatar.id, str)
    assert_type(made.output.group.consent_url, str | None)
    assert_type(made.status, TaskStatus)
    request: apps.CreateAvatar = apps.DigitalTwin(name="A", file=LocalFile(source=b""))
    assert_type(await inference.run(request), Task[apps.CreatedAvatar])
    video = await inference.run(apps.AvatarVideo(avatar_id="a", script="b"), timeout=60, hold=True)
    assert_type(video.output.video, str)
    again = apps.VideoTranslate(video=video.output.video, output_language="Spanish (Spain)")
    begun = await inference.run(again, wait=False, webhook="https://example.com")
    assert_type(begun, Task[apps.MadeVideo | None])
    assert_type(await inference.run(again, stream=False), Task[apps.MadeVideo])
    assert_type(await inference.run(again, wait=photo.exists()), Task[apps.MadeVideo | None])
    assert_type(await inference.run("a/b", wait=photo.exists(), stream=False), Task[Any])
    async for update in inference.run(again, stream=True):
        assert_type(update.output, apps.MadeVideo | None)
    found = await inference.run(apps.ListResources())
    assert_type(found.output.voices, list[apps.ListedResource])
    assert_type(await inference.run("a/b", {"x": photo}), Task[Any])
    assert_type(await inference.run("a/b"), Task[Any])
    async for other in inference.run("a/b", {}, stream=True):
        assert_type(other, Task[Any])


async def rest(inference: Inference, begun: Task[apps.MadeVideo | None]) -> None:
    handle = inference.task(begun.id, apps.VideoTranslate)
    assert_type(handle, TaskHandle[apps.MadeVideo])
    assert_type((await handle.wait()).output.video, str)
    assert_type(await handle.read(), Task[apps.MadeVideo | None])
    assert_type(await handle.download("x.mp4"), Path)
    async for update in handle.updates(timeout=5):
        assert_type(update, Task[apps.MadeVideo | None])
    assert_type(inference.task("id"), TaskHandle[Any])
    assert_type(await inference.tasks.status("id"), TaskGlance)
    async for task in inference.tasks.list():
        assert_type(task, Task[Any])
    stored = await inference.files.upload(b"x")
    assert_type(stored, StoredFile)
    assert_type(stored.uri, str)
    assert_type(await inference.sessions.list(), list[Session])
    assert_type(await inference.apps.get("a/b"), App)
    hint = read_webhook(b"{}")
    assert_type(hint, WebhookHint)
    assert_type(await inference.confirm(hint), Task[Any])
    assert_type(await inference.download(begun, "x.mp4"), Path)
