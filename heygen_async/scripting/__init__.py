"""What is said and shown, worked out before anything is sent. It reads and sends nothing."""

from heygen_async.scripting.brief_files import brief_from_toml as brief_from_toml
from heygen_async.scripting.briefs import (
    AvatarDescription as AvatarDescription,
    Brief as Brief,
    BriefScene as BriefScene,
    build_prompt as build_prompt,
)
from heygen_async.scripting.figures import spell_numbers as spell_numbers
from heygen_async.scripting.findings import (
    Finding as Finding,
    Level as Level,
    Place as Place,
    Rule as Rule,
)
from heygen_async.scripting.linting import lint as lint
from heygen_async.scripting.methods import METHODS as METHODS, Takes as Takes
from heygen_async.scripting.motion import MOTION_VERBS as MOTION_VERBS, TRANSITIONS as TRANSITIONS
from heygen_async.scripting.pauses import (
    PAUSES as PAUSES,
    mend_breaks as mend_breaks,
    pause as pause,
)
from heygen_async.scripting.prompts import (
    Prompt as Prompt,
    PromptScene as PromptScene,
    SceneKind as SceneKind,
    parse_prompt as parse_prompt,
)
from heygen_async.scripting.rules.table import RULES as RULES
from heygen_async.scripting.scripts import (
    ScriptReport as ScriptReport,
    check_script as check_script,
)
from heygen_async.scripting.sentences import sentences as sentences
from heygen_async.scripting.splitting import split_script as split_script
from heygen_async.scripting.styles import (
    STYLES as STYLES,
    VisualStyle as VisualStyle,
    find_style as find_style,
    styles_for as styles_for,
)
from heygen_async.wire.speech import spoken_seconds as spoken_seconds
