"""What is said and shown: pure helpers around HeyGen, which send nothing and read no file.

HeyGen's own guides spell these things out; here they are code.
"""

from heygen_async.scripting.retiming import (
    join_subtitles,
    merge_subtitles,
    shift_subtitles,
    split_subtitles,
    subtitles_of,
)
from heygen_async.scripting.subtitles import (
    Cue,
    Subtitles,
    convert_subtitles,
    read_subtitles,
    write_subtitles,
)

__all__ = [
    "Cue",
    "Subtitles",
    "convert_subtitles",
    "join_subtitles",
    "merge_subtitles",
    "read_subtitles",
    "shift_subtitles",
    "split_subtitles",
    "subtitles_of",
    "write_subtitles",
]
