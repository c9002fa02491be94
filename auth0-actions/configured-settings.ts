import type { ActionSettings } from './action-settings';
import { type CompactSettings, expandSettings } from './compact-settings';
import { parseRevisions, type Revisions } from './revisions';

declare const PUNCTUAL_SETTINGS: CompactSettings | undefined;
declare const PUNCTUAL_REVISIONS: string | undefined;

/** For whoever loads the sources as they are. */
const NONE: ActionSettings = {
  ...{ attributes: [], claimNamespace: '', audiences: [], rampHours: 0, stopsOnFailed: false, systems: [] },
  ...{ rule: { rev: '', jit: true }, rules: {} },
};

/** What punctual.config.ts says to the Actions, which `bundle.ts` writes into the bundle. */
export const CONFIGURED: ActionSettings =
  typeof PUNCTUAL_SETTINGS === 'undefined' ? NONE : /* @__PURE__ */ expandSettings(PUNCTUAL_SETTINGS);

/** Since when each revision counts. Whoever does not ask for it does without: that is what the mark is for. */
export const REVISIONS: Revisions = /* @__PURE__ */ parseRevisions(
  typeof PUNCTUAL_REVISIONS === 'undefined' ? '' : PUNCTUAL_REVISIONS,
);
