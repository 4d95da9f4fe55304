"""``/v1/audio/text_to_speech``: a text to be spoken."""

from heygen_async.migration.ledger import Fields
from heygen_async.migration.results import Options
from heygen_async.models import CreateSpeech


def speech(fields: Fields, _options: Options) -> CreateSpeech:
    """The same request."""
    return CreateSpeech(**fields.carry(*fields.source.__struct_fields__))
