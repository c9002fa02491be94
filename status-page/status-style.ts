import { minified } from './layout/card-style';

/** What the page shows of systems. Motion is small, and none where somebody wants none. */
export const STATUS_STYLE = minified(`
#systems{list-style:none;margin:28px 0 0;padding:0}
#systems li{display:flex;align-items:center;gap:14px;padding:13px 0;border-top:1px solid var(--line)}
#systems li:first-child{border-top:0}
#systems span{flex:1;min-width:0;font-weight:550}
#systems em{font-style:normal;font-size:.9375rem;color:var(--soft);text-align:end}
#systems i{position:relative;flex:none;width:22px;height:22px;border-radius:50%;border:2px solid var(--track);
  transition:background-color .3s,border-color .3s}
#systems i:after{content:"";position:absolute;opacity:0}
[data-standing=waiting]>i{border-top-color:var(--accent)!important;animation:turn 1.1s linear infinite}
[data-standing=waiting][data-later]>i{border:2px dashed var(--soft)!important;opacity:.6;animation:none}
[data-standing=ready]>i{background:var(--accent);border-color:var(--accent)!important;animation:settle .4s ease-out}
[data-standing=ready]>i:after{opacity:1!important;left:6px;top:2px;width:7px;height:11px;border:solid var(--on-accent);
  border-width:0 2px 2px 0;transform:rotate(45deg)}
[data-standing=failed]>i{border-color:var(--warn)!important}
[data-standing=failed]>i:after{opacity:1!important;left:8px;top:3px;width:2px;height:12px;
  background:linear-gradient(var(--warn) 58%,transparent 58% 78%,var(--warn) 78%)}
[data-standing=failed]>em{color:var(--warn)!important}
#progress{display:flex;align-items:center;gap:14px;margin-top:20px;font-size:.9375rem;color:var(--soft);
  font-variant-numeric:tabular-nums}
#bar{flex:1;display:flex;gap:4px}
#bar i{flex:1;height:6px;border-radius:3px;background:var(--track);transition:background-color .4s}
#bar [data-standing=ready]{background:var(--accent)}
#bar [data-standing=failed]{background:var(--warn)}
#trouble{margin:20px 0 0;padding:10px 14px;border-radius:10px;border:1px solid var(--warn);color:var(--warn);
  font-size:.9375rem}
form{margin:24px 0 0}
#card:not([data-phase=waiting]) button{color:var(--on-accent);background:var(--accent);border-color:var(--accent)}
#limit{margin:14px 0 0;text-align:center;font-size:.875rem;color:var(--soft);font-variant-numeric:tabular-nums}
#news{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@keyframes turn{to{transform:rotate(1turn)}}
@keyframes settle{0%{transform:scale(.6)}60%{transform:scale(1.12)}}
@media(prefers-reduced-motion:reduce){*,:after{animation:none!important;transition:none!important}}
@media(forced-colors:active){#bar i,#systems i{forced-color-adjust:none}}
`);
