"""What is said and shown, worked out before anything is sent. It reads and sends nothing."""

from heygen_async.scripting.backgrounds import (
    COLORS as COLORS,
    color_background as color_background,
    for_v3 as for_v3,
    hex_color as hex_color,
    image_background as image_background,
    video_background as video_background,
)
from heygen_async.scripting.brief_files import brief_from_toml as brief_from_toml
from heygen_async.scripting.briefs import (
    AvatarDescription as AvatarDescription,
    Brief as Brief,
    BriefScene as BriefScene,
    build_prompt as build_prompt,
)
from heygen_async.scripting.captions import (
    CAPTION_STYLES as CAPTION_STYLES,
    burn_in_command as burn_in_command,
    caption_options as caption_options,
    caption_style as caption_style,
)
from heygen_async.scripting.choice import (
    default_voice as default_voice,
    pick_avatars as pick_avatars,
    pick_voices as pick_voices,
)
from heygen_async.scripting.compositing import (
    compose_command as compose_command,
    cutout_for as cutout_for,
)
from heygen_async.scripting.contact_sheet import (
    contact_sheet as contact_sheet,
    preview_link as preview_link,
)
from heygen_async.scripting.dimensions import (
    ASPECTS as ASPECTS,
    PLATFORMS as PLATFORMS,
    aspect_of as aspect_of,
    dimension as dimension,
    orientation_of as orientation_of,
    sized as sized,
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
from heygen_async.scripting.overlays import (
    OVERLAY_STYLES as OVERLAY_STYLES,
    OverlayStyle as OverlayStyle,
    TextOverlay as TextOverlay,
    overlay as overlay,
)
from heygen_async.scripting.pauses import (
    PAUSES as PAUSES,
    mend_breaks as mend_breaks,
    pause as pause,
)
from heygen_async.scripting.picture_checks import (
    PICTURE_RULES as PICTURE_RULES,
    PictureFinding as PictureFinding,
    PictureRule as PictureRule,
    check_picture as check_picture,
)
from heygen_async.scripting.prompts import (
    Prompt as Prompt,
    PromptScene as PromptScene,
    SceneKind as SceneKind,
    parse_prompt as parse_prompt,
)
from heygen_async.scripting.remotion import (
    RemotionBox as RemotionBox,
    RemotionCaption as RemotionCaption,
    RemotionComposition as RemotionComposition,
    RemotionExport as RemotionExport,
    RemotionProps as RemotionProps,
    expiry_of as expiry_of,
    frames as frames,
    layout_box as layout_box,
    remotion_composition as remotion_composition,
    remotion_json as remotion_json,
    remotion_placeholder as remotion_placeholder,
)
from heygen_async.scripting.retiming import (
    join_subtitles as join_subtitles,
    merge_subtitles as merge_subtitles,
    shift_subtitles as shift_subtitles,
    split_subtitles as split_subtitles,
    subtitles_of as subtitles_of,
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
from heygen_async.scripting.subtitles import (
    Cue as Cue,
    Subtitles as Subtitles,
    convert_subtitles as convert_subtitles,
    read_subtitles as read_subtitles,
    write_subtitles as write_subtitles,
)
from heygen_async.wire.speech import spoken_seconds as spoken_seconds
