"""Brand kits: the colours, fonts and logos of a brand."""

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, UnsetType

from heygen_async.models.base import OpenEnum, Reply, Request


class CreateBrandKit(Request):
    """A new brand kit, read from a website.

    Attributes:
        url: A public website, at most 2,048 characters, whose logos, colours and fonts you hold
            the rights to.
        name: Name to show, at most 256 characters; as found on the site when left out.
    """

    url: Annotated[str, Meta(max_length=2048)]
    name: Annotated[str, Meta(max_length=256)] | None = None


class UpdateBrandKitColorRoles(Request):
    """Which colour plays which part. What is left out is cleared.

    Attributes:
        primary: Hex value such as ``#FF5733``; need not be a colour of the kit.
        secondary: Hex value.
        tertiary: Hex value.
        accent: Hex value, for highlights.
    """

    primary: str | None = None
    secondary: str | None = None
    tertiary: str | None = None
    accent: str | None = None


class UpdateBrandKitLogoRoles(Request):
    """Which logo is the main one. Left out, there is none.

    Attributes:
        primary: Id of a logo of this kit.
    """

    primary: str | None = None


class UpdateBrandKitFontRole(Request):
    """The font of one kind of text.

    Attributes:
        font_id: The font; need not be one of the kit.
        weight: 1 to 1,000; 400 is regular, 700 bold.
    """

    font_id: str | None = None
    weight: Annotated[int, Meta(ge=1, le=1000)] | None = None


class UpdateBrandKitFontRoles(Request):
    """Which font is for what. What is left out is cleared.

    Attributes:
        title_text: For headings.
        body_text: For the rest.
    """

    title_text: UpdateBrandKitFontRole | None = None
    body_text: UpdateBrandKitFontRole | None = None


_NewName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=256)]


class UpdateBrandKit(Request):
    """What changes of a brand kit; at least one thing. What is left out stays as it is.

    Roles that are given take the place of all before, so that empty ones clear them. Colours,
    logos and fonts themselves are edited in HeyGen's app only.

    Attributes:
        name: Name to show, 1 to 256 characters.
        color_roles: Which colour plays which part.
        logo_roles: Which logo is the main one.
        font_roles: Which font is for what.
    """

    name: _NewName | UnsetType = UNSET
    color_roles: UpdateBrandKitColorRoles | UnsetType = UNSET
    logo_roles: UpdateBrandKitLogoRoles | UnsetType = UNSET
    font_roles: UpdateBrandKitFontRoles | UnsetType = UNSET


class BrandKitStatus(OpenEnum):
    """How far the import of a website is."""

    LOADING = "loading"
    COMPLETED = "completed"
    ERROR = "error"


class CreatedBrandKit(Reply):
    """What HeyGen answers to a new brand kit.

    Attributes:
        brand_kit_id: The kit's id; it can be used at once.
        status: Always ``loading``.
    """

    brand_kit_id: str
    status: BrandKitStatus = BrandKitStatus.LOADING


class BrandKitItem(Reply):
    """A brand kit as lists show it.

    Attributes:
        brand_kit_id: The kit's id.
        name: Name to show.
        logo_url: Public address of the main logo.
        colors: Hex values such as ``#FF5733``.
    """

    brand_kit_id: str
    name: str = ""
    logo_url: str | None = None
    colors: list[str] = []


class BrandKitColorRoles(Reply):
    """Which colour plays which part.

    Attributes:
        primary: Hex value; need not be a colour of the kit.
        secondary: Hex value.
        tertiary: Hex value.
        accent: Hex value, for highlights.
    """

    primary: str | None = None
    secondary: str | None = None
    tertiary: str | None = None
    accent: str | None = None


class BrandKitLogo(Reply):
    """A logo.

    Attributes:
        logo_id: The logo's id.
        name: Name to show.
        url: Address of the picture; absent while no file is stored.
    """

    logo_id: str
    name: str | None = None
    url: str | None = None


class BrandKitLogoRoles(Reply):
    """Which logo is the main one.

    Attributes:
        primary: Id of a logo, which may have been deleted since.
    """

    primary: str | None = None


class BrandKitFont(Reply):
    """A font.

    Attributes:
        font_id: The font's id.
        name: Its family.
    """

    font_id: str
    name: str | None = None


class BrandKitFontRole(Reply):
    """The font of one kind of text.

    Attributes:
        font_id: The font.
        weight: Such as 400 for regular, 700 for bold.
    """

    font_id: str | None = None
    weight: int | None = None


class BrandKitFontRoles(Reply):
    """Which font is for what.

    Attributes:
        title_text: For headings.
        body_text: For the rest.
    """

    title_text: BrandKitFontRole | None = None
    body_text: BrandKitFontRole | None = None


class BrandKit(Reply):
    """A brand kit. While it is ``loading`` all but the id may still change.

    Attributes:
        brand_kit_id: The kit's id: what a video agent takes.
        name: Name to show.
        status: How far its import is.
        colors: Hex values such as ``#FF5733``.
        color_roles: Which colour plays which part.
        logos: The logos.
        logo_roles: Which logo is the main one.
        fonts: The fonts.
        font_roles: Which font is for what.
    """

    brand_kit_id: str
    name: str = ""
    status: BrandKitStatus = BrandKitStatus.COMPLETED
    colors: list[str] = []
    color_roles: BrandKitColorRoles | None = None
    logos: list[BrandKitLogo] = []
    logo_roles: BrandKitLogoRoles | None = None
    fonts: list[BrandKitFont] = []
    font_roles: BrandKitFontRoles | None = None
