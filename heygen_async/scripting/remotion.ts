/**
 * The JSON that `remotion_json` writes, for a Remotion project.
 *
 *     import data from "./heygen.json";
 *     import type { HeyGenExport } from "./remotion";
 *
 *     const { compositions } = data as HeyGenExport;
 */

/** As `Caption` of `@remotion/captions`. */
export interface HeyGenCaption {
  text: string;
  startMs: number;
  endMs: number;
  timestampMs: number | null;
  confidence: number | null;
}

/** Pixels from the upper left corner of the composition. */
export interface HeyGenBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What the component is given. A type, not an interface: Remotion asks for it. */
export type HeyGenProps = {
  /** The signed link, which does not last; `localPath` is for `staticFile`. */
  avatarVideoUrl: string;
  /** `transparent` of `OffthreadVideo`. */
  transparent: boolean;
  playbackRate: number;
  box: HeyGenBox;
  captions: HeyGenCaption[];
  title?: string;
  backgroundUrl?: string;
  logoUrl?: string;
  screenRecordingUrl?: string;
  avatarWebmUrl?: string;
};

/** What `Composition` takes, and the video that it is made of. */
export interface HeyGenComposition {
  id: string;
  durationInFrames: number;
  fps: number;
  width: number;
  height: number;
  defaultProps: HeyGenProps;
  /** Empty for a placeholder. */
  videoId: string;
  videoUrl: string;
  durationInSeconds: number;
  localPath?: string;
  /** ISO 8601. */
  expiresAt?: string;
}

export interface HeyGenExport {
  compositions: HeyGenComposition[];
}
