"""What the inputs of known apps have in common."""

from typing import ClassVar, Generic, TypeVar, cast, get_args, get_origin

from heygen_async.models.base import Request

O_co = TypeVar("O_co", covariant=True)
O = TypeVar("O")  # noqa: E741  as in Output


class AppInput(Request, Generic[O_co]):
    """The input of an app whose schema is known: ``await inference.run(AvatarVideo(...))``.

    The output of the run is of the type that stands in its brackets. An app that is not known here
    gets a class of your own: ``class Mine(AppInput[MyReply])``, with its ``app``.

    Attributes:
        app: Name of the app.
        function: What of it is run; its own choice when None.
    """

    app: ClassVar[str]
    function: ClassVar[str | None] = None

    def check(self) -> None:
        """Refuses what the app itself would refuse, after it was paid.

        Raises:
            InvalidRequestError: Two fields do not fit together.
        """


def output_of(kind: type[AppInput[O]]) -> type[O]:
    """What an app makes of an input of this type: what stands in the brackets of its base."""
    bases = (base for each in kind.__mro__ for base in vars(each).get("__orig_bases__", ()))
    (output,) = next(get_args(base) for base in bases if get_origin(base) is AppInput)
    return cast("type[O]", output)
