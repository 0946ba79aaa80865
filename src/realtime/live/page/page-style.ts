/** How the page looks; a phone in the hand is its first screen. */
export const PAGE_STYLE = `
:root {
  --paper: #f4f5f7; --card: #ffffff; --ink: #1c2430; --faint: #5c6675; --line: #dfe3e8; --mark: #0b63ce; --on-mark: #ffffff;
  --good: #1a7f37; --wait: #9a6700; --bad: #c0272d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161c; --card: #1b212a; --ink: #e6eaf0; --faint: #9aa5b3; --line: #2c343f; --mark: #6ab0ff; --on-mark: #10151b;
    --good: #56d364; --wait: #e3b341; --bad: #ff7b72;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC",
    "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif;
}
header {
  position: sticky; top: 0; z-index: 1; display: flex; align-items: center; gap: 12px; padding: 10px 16px; background: var(--card);
  border-bottom: 1px solid var(--line);
}
h1 { margin: 0; font-size: 18px; letter-spacing: 0.01em; }
header p { margin: 0; min-width: 0; }
#person { flex: 1; color: var(--faint); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
#state { font-size: 14px; color: var(--faint); white-space: nowrap; }
#state::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 7px; border-radius: 50%; background: currentColor; }
#state[data-state="on"] { color: var(--good); }
#state[data-state="wait"] { color: var(--wait); }
#state[data-state="bad"] { color: var(--bad); }
main { max-width: 720px; margin: 0 auto; padding: 16px; }
form { display: grid; gap: 10px; padding: 16px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
label { font-weight: 600; }
textarea {
  width: 100%; padding: 10px; resize: vertical; border: 1px solid var(--line); border-radius: 8px; background: var(--paper);
  color: var(--ink); font: 14px/1.5 ui-monospace, "SF Mono", Consolas, "Noto Sans Mono", monospace; overflow-wrap: anywhere;
}
button {
  min-height: 40px; padding: 6px 16px; border: 1px solid var(--mark); border-radius: 8px; background: var(--mark); color: var(--on-mark);
  font: inherit; font-size: 15px; cursor: pointer;
}
button.quiet { background: transparent; color: var(--mark); border-color: var(--line); }
button:disabled { opacity: 0.5; cursor: default; }
button:focus-visible, textarea:focus-visible, a:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
#bar { display: flex; align-items: center; gap: 8px; margin-bottom: 12px; }
#bar p { flex: 1; margin: 0; }
#refusal, #problem { margin: 0; color: var(--bad); overflow-wrap: anywhere; }
#problem { margin-bottom: 12px; }
#empty { padding: 32px 0; text-align: center; color: var(--faint); }
#items { list-style: none; margin: 0; padding: 0; display: grid; gap: 12px; }
#items > li {
  padding: 14px 16px; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 10px;
  overflow-wrap: anywhere;
}
#items > li.unread { border-left-color: var(--mark); }
#items h2 { margin: 0; font-size: 17px; line-height: 1.4; font-weight: 500; }
#items > li.unread h2 { font-weight: 700; }
.about { margin: 2px 0 8px; font-size: 13px; color: var(--faint); }
.words { font-size: 15px; }
.words > :first-child { margin-top: 0; }
.words > :last-child { margin-bottom: 0; }
.words h1, .words h2, .words h3, .words h4, .words h5, .words h6 { font-size: 16px; margin: 12px 0 6px; }
.words ul { list-style: disc; }
.words ol { list-style: decimal; }
.words img { max-width: 100%; height: auto; }
.words pre { overflow-x: auto; }
.words table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; }
.words th, .words td { padding: 4px 8px; border: 1px solid var(--line); text-align: start; }
.plain { white-space: pre-wrap; }
a { color: var(--mark); }
.foot { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; margin-top: 10px; font-size: 14px; }
.foot:empty { display: none; }
.foot button { min-height: 34px; font-size: 14px; padding: 4px 12px; }
#older { display: block; margin: 16px auto 0; }
@media (max-width: 480px) {
  main { padding: 12px; }
  #bar { flex-wrap: wrap; }
  #bar p { flex-basis: 100%; }
  #bar button { flex: 1; }
}
`;
