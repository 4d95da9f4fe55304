"""Brand kits, brand glossaries and sounds, over real sockets."""

import io
import wave
from typing import Any

import aiohttp
import pytest

from heygen_async import HeyGen
from heygen_async.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRequestError,
    JobFailedError,
    NotFoundError,
)
from heygen_async.models import (
    BrandKitStatus,
    CreateBrandGlossary,
    CreateBrandKit,
    ForcedTranslation,
    GlossaryTerm,
    SoundType,
    UntranslatedTerm,
    UpdateBrandGlossary,
    UpdateBrandKit,
    UpdateBrandKitColorRoles,
    UpdateBrandKitFontRole,
    UpdateBrandKitFontRoles,
    UpdateBrandKitLogoRoles,
)
from heygen_async.sandbox import Fault, Sandbox


async def fetched(url: str | None) -> bytes:
    assert url
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.status == 200
        return await response.read()


async def test_a_kit_is_imported_edited_and_deleted(heygen: HeyGen) -> None:
    kits = heygen.brand_kits
    job = await kits.create(CreateBrandKit(url="https://acme.com", name="Acme"))
    assert job.created
    assert job.created.status is BrandKitStatus.LOADING
    assert (await kits.get(job.id)).status is BrandKitStatus.LOADING
    kit = await job.wait()
    assert (kit.name, kit.status) == ("Acme", BrandKitStatus.COMPLETED)
    assert kit.color_roles
    assert kit.color_roles.primary in kit.colors
    assert (await fetched(kit.logos[0].url)).startswith(b"\x89PNG")
    changed = await kits.update(
        job.id,
        request=UpdateBrandKit(
            name="Other",
            color_roles=UpdateBrandKitColorRoles(primary="#102030"),
            logo_roles=UpdateBrandKitLogoRoles(),
            font_roles=UpdateBrandKitFontRoles(
                title_text=UpdateBrandKitFontRole(font_id=kit.fonts[0].font_id, weight=900)
            ),
        ),
    )
    assert changed == await kits.get(job.id)
    assert changed.name == "Other"
    assert changed.color_roles
    assert (changed.color_roles.primary, changed.color_roles.accent) == ("#102030", None)
    assert changed.logo_roles
    assert changed.logo_roles.primary is None
    assert changed.font_roles
    assert changed.font_roles.title_text
    assert changed.font_roles.title_text.weight == 900
    assert changed.font_roles.body_text is None
    assert (await kits.job(job.id).wait()) == changed
    items = [item async for item in kits.list(limit=1)]
    assert items[0].brand_kit_id == job.id
    await kits.delete(job.id)
    with pytest.raises(NotFoundError):
        await kits.get(job.id)


async def test_a_kit_that_fails_says_so(heygen: HeyGen) -> None:
    job = await heygen.brand_kits.create(CreateBrandKit(url="acme.com", name="[[fail]]"))
    with pytest.raises(JobFailedError) as caught:
        await job.wait()
    assert (caught.value.kind, caught.value.status) == ("brand kit", "error")


async def test_roles_wait_for_the_import(heygen: HeyGen) -> None:
    job = await heygen.brand_kits.create(CreateBrandKit(url="acme.com"))
    request = UpdateBrandKit(color_roles=UpdateBrandKitColorRoles())
    with pytest.raises(ConflictError):
        await heygen.brand_kits.update(job.id, request=request)
    assert (await heygen.brand_kits.update(job.id, request=UpdateBrandKit(name="A"))).name == "A"


async def test_a_shared_kit_is_not_ours(heygen: HeyGen) -> None:
    (shared,) = (await heygen.brand_kits.list()).items
    with pytest.raises(ForbiddenError):
        await heygen.brand_kits.delete(shared.brand_kit_id)


async def test_a_key_gives_the_same_kit(heygen: HeyGen) -> None:
    request = CreateBrandKit(url="acme.com")
    first = await heygen.brand_kits.create(request, idempotency_key="k")
    assert (await heygen.brand_kits.create(request, idempotency_key="k")).id == first.id


async def test_a_glossary_is_made_edited_and_deleted(heygen: HeyGen) -> None:
    glossaries = heygen.brand_glossaries
    made = await glossaries.create(
        CreateBrandGlossary(
            name="Acme",
            terms=[GlossaryTerm(term="HeyGen", pronunciation="hey-jen")],
            do_not_translate_terms=[UntranslatedTerm(term="Acme")],
            forced_translations=[ForcedTranslation(term="cloud", translation="Wolke")],
        )
    )
    assert made == await glossaries.get(made.brand_glossary_id)
    assert made.terms[0].pronunciation == "hey-jen"
    assert made.do_not_translate_terms[0].term == "Acme"
    assert made.forced_translations[0].translation == "Wolke"
    changed = await glossaries.update(
        made.brand_glossary_id, request=UpdateBrandGlossary(do_not_translate_terms=[])
    )
    assert changed.do_not_translate_terms == []
    assert changed.terms == made.terms
    with pytest.raises(ConflictError):
        await glossaries.create(CreateBrandGlossary(name="ACME"))
    for index in range(3):
        await glossaries.create(CreateBrandGlossary(name=f"g{index}"))
    names = [item.name async for item in glossaries.list(limit=2)]
    assert names == ["g2", "g1", "g0", "Acme"]
    await glossaries.delete(made.brand_glossary_id)
    with pytest.raises(NotFoundError):
        await glossaries.get(made.brand_glossary_id)
    with pytest.raises(NotFoundError):
        await glossaries.delete(made.brand_glossary_id)


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (CreateBrandGlossary(name=" "), "name"),
        (CreateBrandGlossary(name="x" * 65), "name"),
        (
            CreateBrandGlossary(name="a", terms=[GlossaryTerm(term="a", pronunciation=" ")]),
            "terms[0].pronunciation",
        ),
        (CreateBrandKit(url=" "), "url"),
        (CreateBrandKit(url="a.com", name="x" * 257), "name"),
    ],
)
async def test_a_wrong_brand_is_refused_here(
    heygen: HeyGen, sandbox: Sandbox, request_: Any, field: str
) -> None:
    kits, glossaries = heygen.brand_kits, heygen.brand_glossaries
    create: Any = kits.create if isinstance(request_, CreateBrandKit) else glossaries.create
    with pytest.raises(InvalidRequestError) as caught:
        await create(request_)
    assert caught.value.field == field
    assert not sandbox.requests


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (UpdateBrandKit(), "name or color_roles or logo_roles or font_roles"),
        (UpdateBrandKit(name="  "), "name"),
        (UpdateBrandKit(name=None), "name"),  # type: ignore[arg-type]
        (
            UpdateBrandKit(color_roles=UpdateBrandKitColorRoles(accent="red")),
            "color_roles.accent",
        ),
        (
            UpdateBrandGlossary(),
            "name or terms or do_not_translate_terms or forced_translations",
        ),
    ],
)
async def test_a_wrong_change_is_refused_here(
    heygen: HeyGen, sandbox: Sandbox, change: Any, field: str
) -> None:
    kits, glossaries = heygen.brand_kits, heygen.brand_glossaries
    update: Any = kits.update if isinstance(change, UpdateBrandKit) else glossaries.update
    with pytest.raises(InvalidRequestError) as caught:
        await update("id", request=change)
    assert caught.value.field == field
    assert not sandbox.requests


async def test_music_and_effects_are_found(heygen: HeyGen) -> None:
    found = await heygen.audio.search_sounds("calm ambient")
    best = found.items[0]
    assert (best.name, best.type) == ("Slow Tide", SoundType.MUSIC)
    with wave.open(io.BytesIO(await fetched(best.audio_url))) as file:
        assert file.getnframes() / file.getframerate() == pytest.approx(best.duration)
    sounds = heygen.audio.search_sounds("riser", type="sound_effects", min_score=0, limit=3)
    every = [sound async for sound in sounds]
    assert len(every) == 8
    assert (every[0].placement, every[0].peak_offset) == ("riser", 3.6)
    assert [s.score for s in every] == sorted((s.score for s in every), reverse=True)
    assert (await heygen.audio.search_sounds("zzz")).items == []


async def test_a_wrong_search_is_refused_here(heygen: HeyGen, sandbox: Sandbox) -> None:
    for query, more in (
        ("", {}),
        ("x" * 5001, {}),
        ("a", {"min_score": 1.1}),
        ("a", {"limit": 51}),
    ):
        with pytest.raises(InvalidRequestError):
            heygen.audio.search_sounds(query, **more)
    assert not sandbox.requests


async def test_deletions_whose_answer_is_lost_are_done(heygen: HeyGen, sandbox: Sandbox) -> None:
    kit = await heygen.brand_kits.create(CreateBrandKit(url="acme.com"))
    made = await heygen.brand_glossaries.create(CreateBrandGlossary(name="Acme"))
    for path in ("/v3/brand-kits", "/v3/brand-glossaries"):
        sandbox.fault(Fault(method="DELETE", path=path, commit_then_drop=True))
        sandbox.fault(Fault(method="DELETE", path=path, drop=True))
    await heygen.brand_kits.delete(kit.id)
    await heygen.brand_glossaries.delete(made.brand_glossary_id)
    with pytest.raises(NotFoundError):
        await heygen.brand_kits.delete(kit.id)
