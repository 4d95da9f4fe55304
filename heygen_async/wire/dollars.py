"""What v3 asked for a second of video, as last seen in public, in dollars.

The page was gone from 2026-09-24 on; the account's dashboard is what counts.
"""

from typing import Final

VIDEO_RATES: Final = {
    ("digital_twin", "avatar_v"): 0.0667,
    ("photo_avatar", "avatar_iv"): 0.05,
    ("digital_twin", "avatar_iv"): 0.0667,
    ("studio_avatar", "avatar_iv"): 0.0667,
    ("digital_twin", "avatar_iii"): 0.0167,
    ("studio_avatar", "avatar_iii"): 0.0167,
    ("photo_avatar", "avatar_iii"): 0.0433,
}
"""Per second of video, by avatar type and engine; 4K has no rate of its own."""
