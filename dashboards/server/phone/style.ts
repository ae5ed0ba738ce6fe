import { createHash } from 'node:crypto';
import { Html } from './html.ts';
import { RETRY_SCRIPT_DIGEST } from './retry-script.ts';

/** The whole style of the phone pages; inline, so that a slow network waits for one answer only. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#14181f;--muted:#5a6069;--line:#d9dde3;--button:#0b57d0;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#0e1116;--text:#e8ebf0;--muted:#b6bdc8;--line:#2c333d;--button:#7fb3ff;--on:#0b1220}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:17px/1.5 system-ui,"PingFang SC","Noto Sans SC","Microsoft YaHei",sans-serif;padding-bottom:calc(128px + env(safe-area-inset-bottom))}
main{max-width:640px;margin:0 auto;padding:16px}
h1{font-size:21px;line-height:1.35;margin:12px 0;overflow-wrap:anywhere}
h2{font-size:17px;margin:20px 0 4px}
p{margin:4px 0;overflow-wrap:anywhere}
a{color:var(--button)}
.grade,.drill{margin:0}
.grade{position:sticky;top:0;padding:10px 16px;font-weight:700;background:#e6e9ee;color:#14181f;border-left:10px solid #5a6069}
.L1{background:#fde3e1;border-color:#b3261e}
.L2{background:#ffe8d1;border-color:#b45309}
.L3{background:#fff6cf;border-color:#8a6d00}
.L4{background:#e1edff;border-color:#0b57d0}
.drill{background:#14181f;color:#fff;text-align:center;padding:6px;font-weight:700;letter-spacing:.3em}
.left{font-size:20px;font-weight:700}
.muted{color:var(--muted);font-size:16px}
.numbers{display:grid;grid-template-columns:1fr 1fr;gap:8px;margin:8px 0;padding:0}
.numbers div{border:1px solid var(--line);border-radius:8px;padding:8px 12px}
.numbers dt{color:var(--muted);font-size:16px}
.numbers dd{margin:0;font-size:20px;font-weight:700}
blockquote{margin:8px 0;padding:8px 12px;border-left:4px solid var(--line);white-space:pre-line}
.bar{position:fixed;left:0;right:0;bottom:0;background:var(--ground);border-top:1px solid var(--line);padding:12px 16px calc(12px + env(safe-area-inset-bottom))}
.bar form,.bar p{max-width:608px;margin:0 auto}
ul{margin:4px 0;padding:0 0 0 20px}
li{margin:4px 0;overflow-wrap:anywhere}
label{display:block;margin-top:16px;font-size:16px}
textarea,input:not([type=hidden]){display:block;width:100%;margin:4px 0 8px;padding:8px;border:1px solid var(--muted);border-radius:8px;background:var(--ground);color:var(--text);font:inherit}
button{width:100%;min-height:56px;border:0;border-radius:10px;background:var(--button);color:var(--on);font:inherit;font-size:19px;font-weight:700}
button:focus-visible,a:focus-visible{outline:3px solid var(--text);outline-offset:2px}
details{margin-top:16px}
summary{min-height:44px;color:var(--button)}
button.second{background:none;border:2px solid var(--button);color:var(--button)}
button:disabled{opacity:.7}
.done{font-size:20px;font-weight:700;text-align:center}
@media print{body{padding:0;font-size:12pt}.bar{position:static;border:0}form,.grade{display:none}}
`;

/** Made here and not in a template: its text must be, to the byte, what the digest is of. */
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

/** Nothing runs and nothing shapes the page but what is allowed by its digest; it speaks to this server alone. */
export const policyFor = (style: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    `script-src 'sha256-${RETRY_SCRIPT_DIGEST}'`,
    "connect-src 'self'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export const PHONE_CSP = policyFor(STYLE);
