import { minified } from '../status-page/layout/card-style';

/** What the pages of an invitation have beside the card. Motion is small, and none where somebody wants none. */
export const INVITATION_STYLE = minified(`
#mark{display:flex;align-items:center;justify-content:center;width:52px;height:52px;margin:0 0 20px;border-radius:16px;
  color:var(--accent);background:var(--track);background:color-mix(in srgb,currentColor 13%,var(--card))}
#mark svg{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
#mark[data-shape=check]{color:var(--on-accent);background:var(--accent)}
#mark[data-shape=warning],#mark[data-shape=clock]{color:var(--warn)}
#mark[data-shape=wait]{background:none}
#mark[data-shape=wait]:after{content:"";width:40px;height:40px;border-radius:50%;border:4px solid var(--track);
  border-top-color:var(--accent);animation:turn 1.1s linear infinite}
#facts{margin:24px 0 0;border-top:1px solid var(--line)}
#facts div{display:flex;gap:16px;justify-content:space-between;padding:11px 0;border-bottom:1px solid var(--line)}
dt{flex:none;color:var(--soft)}
dd{margin:0;min-width:0;text-align:end;font-weight:550}
#person{display:flex;align-items:center;gap:14px;margin-top:24px;padding:12px 14px;border:1px solid var(--line);border-radius:14px}
#person i{flex:none;display:flex;align-items:center;justify-content:center;width:40px;height:40px;border-radius:50%;
  background:var(--track);background:color-mix(in srgb,var(--accent) 15%,var(--card));font-style:normal;font-weight:650;text-transform:uppercase}
#person span{min-width:0;font-weight:600}
#person small{display:block;font-size:.875rem;font-weight:400;color:var(--soft)}
#note{margin:20px 0 0;padding:10px 14px;border-radius:10px;border:1px solid var(--warn);color:var(--warn);font-size:.9375rem}
form{margin:24px 0 0}
#go{display:flex;align-items:center;justify-content:center;min-height:48px;padding:11px 20px;margin-top:24px;border-radius:12px;
  font-weight:600;text-align:center;text-decoration:none;border:1px solid var(--accent);color:var(--on-accent);background:var(--accent)}
button[value=accept],button[data-main]{color:var(--on-accent);background:var(--accent);border-color:var(--accent)}
#go:hover,button[value=accept]:hover,button[data-main]:hover{border-color:var(--ink)}
button+button{margin-top:12px}
#small{margin:14px 0 0;text-align:center;font-size:.875rem;color:var(--soft)}
#news{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@keyframes turn{to{transform:rotate(1turn)}}
@media(prefers-reduced-motion:reduce){*,:after{animation:none!important;transition:none!important}}
@media(forced-colors:active){#mark,#person i{border:1px solid}}
`);
