"""Texts within the filters of ffmpeg, which has two levels of escaping."""

import re


def in_filter(text: str) -> str:
    """A text as the value of an option of a filter, in a graph of filters.

    Args:
        text: Such as a path, with whatever is in it.
    """
    option = re.sub(r"([\\':])", r"\\\1", text)
    return re.sub(r"([\\'\[\],;])", r"\\\1", option)
