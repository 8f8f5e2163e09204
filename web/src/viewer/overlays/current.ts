/** What lies over a view's picture: the view's own, or what the person likes where nobody has said anything. */
import { type Overlays, type OverlaysPatch, withOverlays } from "@eyepiece/protocol/scene/schema.ts";
import type { Preferences } from "../../services/preferences.ts";
import type { SessionService } from "../../services/session.ts";

/** See the file's comment; follows both. */
export function overlaysOf(
  session: Pick<SessionService, "view">,
  preferences: Pick<Preferences, "values">,
): Overlays {
  return session.view.value?.overlays ?? preferences.values.value.overlays;
}

/** Changes some of them in this view, and what later ones begin with. */
export function setOverlays(session: SessionService, preferences: Preferences, patch: OverlaysPatch): void {
  const overlays = withOverlays(overlaysOf(session, preferences), patch);
  preferences.set({ overlays });
  session.setView({ overlays });
}
