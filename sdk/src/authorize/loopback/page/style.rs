use crate::authorize::loopback::message::Mark;

/// For the light and the dark, the narrow and the wide; with nothing from elsewhere.
pub(super) const STYLE: &str = "\
    :root{color-scheme:light dark;--ink:#1c2024;--soft:#5b636d;--paper:#f3f4f6;--card:#fff;--line:#dfe3e8;\
    --good:#187a3f;--off:#8a5a00;--bad:#b3261e}\
    @media(prefers-color-scheme:dark){:root{--ink:#eceef0;--soft:#a4abb3;--paper:#111315;--card:#1a1d20;--line:#2d3237;\
    --good:#5cc98a;--off:#e3b65b;--bad:#f28b82}}\
    *{box-sizing:border-box}\
    body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;background:var(--paper);color:var(--ink);\
    font:1rem/1.55 system-ui,sans-serif}\
    main{width:100%;max-width:26rem;padding:2.5rem 2rem;text-align:center;background:var(--card);\
    border:1px solid var(--line);border-radius:1rem;overflow-wrap:anywhere}\
    svg{display:block;width:3.5rem;height:3.5rem;margin:0 auto 1.25rem;fill:none;stroke:currentColor;stroke-width:3;\
    stroke-linecap:round;stroke-linejoin:round}\
    .good{color:var(--good)}.off{color:var(--off)}.bad{color:var(--bad)}.soft{color:var(--soft)}\
    h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}p{margin:0;text-wrap:balance}.program{color:var(--soft);margin:0 0 .25rem}";

/// A browser sends no fragment to any server: the page takes it out of the address, and so out of the history, and posts it.
pub(super) const SCRIPT: &str = "const answer=location.hash.slice(1);\
history.replaceState(null,'',location.pathname);\
if(answer){document.forms[0].elements.fragment.value=answer;document.forms[0].submit()}\
else{document.getElementById('nothing').hidden=false}";

pub(super) fn mark(mark: Mark) -> String {
    let (class, path) = match mark {
        Mark::Success => ("good", "M15 24.5l6.5 6.5L33.5 17.5"),
        Mark::Refusal => ("off", "M15 24h18"),
        Mark::Error => ("bad", "M17 17l14 14M31 17L17 31"),
        Mark::Neutral => ("soft", "M15 24h.01M24 24h.01M33 24h.01"),
    };
    format!(
        "<svg class={class} viewBox='0 0 48 48' aria-hidden=true><circle cx='24' cy='24' r='21'/><path d='{path}'/></svg>"
    )
}
