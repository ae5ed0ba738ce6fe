import { REPORT_STYLE } from '#briefings';
import { Html } from './html.ts';
import { policyFor } from './style.ts';

/** Over the report's own style: a head that leaves the first screen to the matter, three sizes of text, the two acts. */
const STYLE = `${REPORT_STYLE}
body{padding:0 16px calc(128px + env(safe-area-inset-bottom));font-size:16px;line-height:1.6}
body.large{font-size:18px}
body.huge{font-size:22px}
.top{font-size:.875em}
.name{margin:2px 0 0;font-size:1.375em}
.from,.standing,.title{margin-top:2px}
.from{padding-bottom:2px;font-size:.9em}
.standing{font-size:.9em}
.title{font-size:1.2em;margin-bottom:0}
.period{margin-bottom:4px;font-size:.9em}
h2{font-size:1.1em;margin:12px 0 2px}
h3,table{font-size:1em}
p{margin-bottom:6px}
.drillband{margin:0 -16px;background:#14181f;color:#fff;text-align:center;padding:4px;font-weight:700;letter-spacing:.3em}
.tools{display:flex;flex-wrap:wrap;gap:0 8px;justify-content:space-between;align-items:center;font-size:16px}
.tools a,.tools summary,.tools b{display:inline-block;min-height:44px;line-height:44px;min-width:44px}
.tools summary{color:#0b57d0;cursor:pointer}
.asof{display:flex;justify-content:space-between;margin:6px 0 0;font-weight:700}
.asof span{font-weight:400}
footer{font-size:.9em}
.contents[open]{flex-basis:100%}
.contents li{min-height:44px;line-height:44px;list-style:none}
.contents ul{margin:0;padding:0}
.glance{margin:8px 0;padding:8px 12px;border-left:4px solid #c8102e;background:#f6f7f9}
.glance p{margin:0 0 4px}
.given{margin:8px 0;padding:8px 12px;border:1px solid #8a919c;border-radius:8px}
.given p{margin:0}
.muted{color:#4d545e;font-size:.9em}
.instruct{margin-top:24px;padding-top:8px;border-top:2px solid #1c2330;scroll-margin-top:8px}
fieldset{margin:8px 0;padding:0;border:0;min-width:0}
legend{padding:0;font-weight:700}
.choice{display:flex;gap:10px;align-items:center;min-height:44px;padding:6px 0;border-bottom:1px solid #d9dde3}
.choice input{width:22px;height:22px;flex:none;margin:0}
label.line{display:block;margin-top:12px;font-weight:700}
select,textarea{display:block;width:100%;min-height:48px;margin:4px 0 8px;padding:8px;border:1px solid #5a6069;border-radius:8px;background:#fff;color:#1c2330;font:inherit}
.bar{position:fixed;left:0;right:0;bottom:0;background:#fff;border-top:1px solid #d9dde3;padding:8px 16px calc(8px + env(safe-area-inset-bottom))}
.bar .acts{display:flex;gap:12px;max-width:38em;margin:0 auto;align-items:stretch}
.bar form{flex:1}
.bar .done{max-width:38em;margin:0 auto 6px;font-weight:700;text-align:center}
button,.button{display:block;width:100%;min-height:52px;border:0;border-radius:10px;background:#0b57d0;color:#fff;font:inherit;font-size:18px;font-weight:700;text-align:center}
.button{display:flex;flex:1;align-items:center;justify-content:center;border:2px solid #0b57d0;background:none;color:#0b57d0;text-decoration:none}
.isread{flex:1;margin:0;align-self:center;text-align:center;font-weight:700}
button:disabled{opacity:.7}
button:focus-visible,a:focus-visible,summary:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible{outline:3px solid #14181f;outline-offset:2px}
@media print{body,body.large,body.huge{padding:0;font-size:12pt}.bar,.instruct,.tools a,.tools details,.tools b,.drillband{display:none}}
`;

export const READING_STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
export const READING_POLICY = policyFor(STYLE);
