"""What the inputs of known apps have in common."""

from typing import Any, ClassVar, Generic, TypeVar, cast, get_args

from heygen_async.models.base import Request

O_co = TypeVar("O_co", covariant=True)
O = TypeVar("O")  # noqa: E741  as in Output


class AppInput(Request, Generic[O_co]):
    """The input of an app whose schema is known: ``await inference.run(AvatarVideo(...))``.

    The output of the run is of the type that stands in its brackets.

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
    """What an app makes of an input of this type."""
    bases: Any = vars(kind)["__orig_bases__"]
    return cast("type[O]", get_args(bases[0])[0])
