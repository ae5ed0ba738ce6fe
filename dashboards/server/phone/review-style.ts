import { policyFor, STYLE } from './style.ts';
import { Html } from './html.ts';

/** Over the phone pages' own style: what changed in a text, and the code in the same form as the verdict. */
const REVIEW_STYLE = `${STYLE}
ins{text-decoration:underline;text-decoration-thickness:2px;background:#d7f0dc;color:#0d3318}
del{background:#fbdedb;color:#5e110c}
.changes{white-space:pre-line;overflow-wrap:anywhere;margin:8px 0;padding:8px 12px;border-left:4px solid #b45309}
.hit{border-left:4px solid var(--line);padding-left:10px}
.hit.open{border-color:#b3261e}
.steps{padding:0;list-style:none}
.acts{display:flex;gap:12px;max-width:608px;margin:0 auto}
.acts form{flex:1;margin:0}
.acts .toback{flex:0 0 30%;align-self:flex-end;display:flex;align-items:center;justify-content:center;min-height:56px;border:2px solid var(--button);border-radius:10px;text-decoration:none;font-size:19px;font-weight:700}
.bar label{margin:0 0 4px}
.bar input.code{font-size:22px;letter-spacing:.2em;font-variant-numeric:tabular-nums}
.bar .why{flex:1;margin:0;align-self:center;font-size:16px}
.back{margin-top:28px;padding-top:8px;border-top:2px solid var(--line);scroll-margin-top:8px}
body{padding-bottom:calc(236px + env(safe-area-inset-bottom))}
`;

export const REVIEW_STYLE_ELEMENT = new Html(`<style>${REVIEW_STYLE}</style>`);
export const REVIEW_POLICY = policyFor(REVIEW_STYLE);
