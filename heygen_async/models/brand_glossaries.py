"""Brand glossaries: how a brand's words are said and translated."""

from typing import Annotated, TypeAlias

from msgspec import UNSET, Meta, UnsetType

from heygen_async.models.base import Reply, Request

_Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64)]
_Word: TypeAlias = Annotated[str, Meta(min_length=1)]


class GlossaryTerm(Request):
    """How a term is said. What is seen, such as captions, keeps the term.

    Attributes:
        term: As a script has it, in upper or lower case.
        pronunciation: As it sounds, such as ``hey-jen``.
    """

    term: _Word
    pronunciation: _Word


class UntranslatedTerm(Request):
    """A term that is the same in every language.

    Attributes:
        term: As the source has it, in upper or lower case.
    """

    term: _Word


class ForcedTranslation(Request):
    """A term with one translation for all languages.

    Attributes:
        term: As the source has it, in upper or lower case.
        translation: What takes its place, letter by letter.
    """

    term: _Word
    translation: _Word


class CreateBrandGlossary(Request):
    """A new glossary.

    Attributes:
        name: 1 to 64 characters, like no other of the workspace in upper or lower case.
        terms: How terms are said; audio only.
        do_not_translate_terms: Terms that stay as they are; translations only.
        forced_translations: Terms with a translation of their own; translations only.
    """

    name: _Name
    terms: list[GlossaryTerm] = []
    do_not_translate_terms: list[UntranslatedTerm] = []
    forced_translations: list[ForcedTranslation] = []


class UpdateBrandGlossary(Request):
    """What changes of a glossary; at least one thing. What is left out stays as it is.

    A list takes the place of the one before as a whole; an empty one removes all its entries.

    Attributes:
        name: 1 to 64 characters, like no other of the workspace in upper or lower case.
        terms: How terms are said.
        do_not_translate_terms: Terms that stay as they are.
        forced_translations: Terms with a translation of their own.
    """

    name: _Name | UnsetType = UNSET
    terms: list[GlossaryTerm] | UnsetType = UNSET
    do_not_translate_terms: list[UntranslatedTerm] | UnsetType = UNSET
    forced_translations: list[ForcedTranslation] | UnsetType = UNSET


class BrandGlossaryItem(Reply):
    """A glossary as lists show it.

    Attributes:
        brand_glossary_id: The glossary's id: what videos and translations take.
        name: Name to show.
        created_at: Time in ISO 8601, UTC.
        updated_at: Time in ISO 8601, UTC.
    """

    brand_glossary_id: str
    name: str = ""
    created_at: str = ""
    updated_at: str = ""


class BrandGlossaryTerm(Reply):
    """How a term is said.

    Attributes:
        term: As a script has it.
        pronunciation: As it sounds.
    """

    term: str
    pronunciation: str = ""


class BrandGlossaryUntranslated(Reply):
    """A term that is the same in every language.

    Attributes:
        term: As the source has it.
    """

    term: str


class BrandGlossaryTranslation(Reply):
    """A term with one translation for all languages.

    Attributes:
        term: As the source has it.
        translation: What takes its place.
    """

    term: str
    translation: str = ""


class BrandGlossary(Reply):
    """A glossary with all of its entries.

    Attributes:
        brand_glossary_id: The glossary's id: what videos and translations take.
        name: Name to show.
        created_at: Time in ISO 8601, UTC.
        updated_at: Time in ISO 8601, UTC.
        terms: How terms are said.
        do_not_translate_terms: Terms that stay as they are.
        forced_translations: Terms with a translation of their own.
    """

    brand_glossary_id: str
    name: str = ""
    created_at: str = ""
    updated_at: str = ""
    terms: list[BrandGlossaryTerm] = []
    do_not_translate_terms: list[BrandGlossaryUntranslated] = []
    forced_translations: list[BrandGlossaryTranslation] = []
