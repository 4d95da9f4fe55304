"""``/v3/avatars/{group_id}/consent``, and the page on which a person consents."""

from html import escape
from typing import Final

from heygen_async.models import CreateAvatarConsent
from heygen_async.sandbox import ageing
from heygen_async.sandbox.assets import resolve
from heygen_async.sandbox.context import Call, Context, RawReply, Reply, Route
from heygen_async.sandbox.envelopes import Family
from heygen_async.sandbox.people import Consent, Group
from heygen_async.sandbox.refusal import Refusal, missing, refuse
from heygen_async.sandbox.v3.avatar_library import find_group, is_public
from heygen_async.sandbox.v3.avatars import group_shown
from heygen_async.sandbox.validation import decode
from heygen_async.sandbox.world import Look

PAGE_SECONDS: Final = 24 * 3600.0
"""Virtual seconds for which a page works."""

_PAGE: Final = "/_sandbox/consents/{consent_id}"
_WORDS: Final = "I agree that a digital twin is made of me."
_HTML: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
{head}<title>Consent</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.6 system-ui, sans-serif; margin: 4rem auto; max-width: 32rem }}
button {{ font: inherit; padding: .5rem 1.5rem }}
</style></head><body><h1>{title}</h1>{body}</body></html>
"""


async def create_avatar_consent(ctx: Context, call: Call) -> Reply:
    """Makes a page for the consent, or takes a recorded one."""
    body: CreateAvatarConsent = decode(call.body, CreateAvatarConsent)
    _check(body)
    group = find_group(ctx, call.params["group_id"])
    twins = _twins(ctx, group)
    if is_public(ctx, group) or not twins:
        refuse("group_id", "group_id: only digital twins need consent")
    if ageing.consent_status(twins, ctx.clock.now()) == "approved":
        refuse("group_id", "group_id: consent was given already")
    if body.consent_video is not None:
        resolve(ctx, call, body.consent_video, kind="video", param="consent_video")
        _agree(ctx, twins, ctx.clock.now() + ctx.span(ageing.CONSENT_REVIEW, group.id))
        return Reply({"avatar_group": group_shown(ctx, call, group)})
    consent = Consent(
        id=ctx.new_id("consent"),
        group_id=group.id,
        expires=ctx.clock.now() + PAGE_SECONDS,
        text=body.consent_text,
        reroute_url=body.reroute_url,
    )
    ctx.world.consents[consent.id] = consent
    url = call.base + _PAGE.format(consent_id=consent.id)
    return Reply({"avatar_group": group_shown(ctx, call, group), "url": url})


def _check(body: CreateAvatarConsent) -> None:
    if body.consent_text is not None and ("<" in body.consent_text or ">" in body.consent_text):
        refuse("consent_text", "consent_text: '<' and '>' are not allowed")
    if body.reroute_url is not None and not body.reroute_url.startswith(("https://", "http://")):
        refuse("reroute_url", "reroute_url: must begin with https://")
    if body.consent_video is not None:
        for name in ("reroute_url", "consent_text"):
            if getattr(body, name) is not None:
                refuse(name, f"{name}: not allowed with consent_video")


def _twins(ctx: Context, group: Group) -> list[Look]:
    looks = (ctx.world.looks[each] for each in group.looks)
    return [look for look in looks if look.needs_consent]


def _agree(ctx: Context, twins: list[Look], when: float) -> None:
    for look in twins:
        if not ageing.has_consent(look, ctx.clock.now()):
            look.consented = when


async def show_page(ctx: Context, call: Call) -> RawReply:
    """The page, with a button as long as nobody agreed."""
    consent = _find(ctx, call)
    if consent.given:
        return _page("Thank you", "<p>Your consent was recorded.</p>", consent.reroute_url)
    if ctx.clock.now() > consent.expires:
        return _page("Too late", "<p>This page has expired: ask for a new one.</p>")
    words = escape(consent.text or _WORDS)
    button = '<form method="post"><button>I consent</button></form>'
    return _page("Your consent", f"<p>{words}</p>{button}")


async def give_consent(ctx: Context, call: Call) -> RawReply:
    """What the button does: the twins of the group become usable."""
    consent = _find(ctx, call)
    now = ctx.clock.now()
    if consent.given:
        raise Refusal(409, "conflict", "This page was used already.")
    group = ctx.world.groups.get(consent.group_id)
    if now > consent.expires or group is None:
        raise Refusal(410, "consent_expired", "This page has expired.")
    consent.given = True
    _agree(ctx, _twins(ctx, group), now)
    return await show_page(ctx, call)


def _find(ctx: Context, call: Call) -> Consent:
    consent = ctx.world.consents.get(call.params["consent_id"])
    if consent is None:
        raise missing("not_found", "There is no such page.")
    return consent


def _page(title: str, body: str, following: str | None = None) -> RawReply:
    head = ""
    if following is not None:
        head = f'<meta http-equiv="refresh" content="2;url={escape(following)}">'
        body += f'<p><a href="{escape(following)}">Go on</a></p>'
    text = _HTML.format(head=head, title=title, body=body)
    return RawReply(text.encode(), "text/html; charset=utf-8")


ROUTES: Final = (
    Route(
        method="POST",
        path="/v3/avatars/{group_id}/consent",
        handler=create_avatar_consent,
        keyed=True,
    ),
    Route(method="GET", path=_PAGE, handler=show_page, family=Family.CONTROL),
    Route(method="POST", path=_PAGE, handler=give_consent, family=Family.CONTROL),
)
