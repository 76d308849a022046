"""How an exported page looks, on light and on dark ground."""

STYLE = """
:root{color-scheme:light dark;--ground:#fff;--card:#f3f4f6;--ink:#1b1d21;--muted:#5c636e;--line:#d9dce1;
--accent:#0b6e4f;
--keyword:#8b2fb8;--string:#1f6f2b;--number:#9a4a00;--comment:#68707c;--name:#1c5fb0;--type:#7a5b00;--operator:#444b55;
--error:#b3261e}
@media (prefers-color-scheme:dark){:root{--ground:#16181c;--card:#22252b;--ink:#e7e9ec;--muted:#a2a9b4;--line:#363b43;
--accent:#5fd3a8;--keyword:#d39bf0;--string:#8fd694;--number:#f0b27a;--comment:#8b939e;--name:#8fbcf5;--type:#e3cf7c;
--operator:#b8bfc9;--error:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif;
overflow-wrap:anywhere}
main{max-width:50rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0}h2{font-size:.9rem;margin:0 0 .4rem}
h3,h4,h5,h6{margin:1.2em 0 .4em;line-height:1.3}h3{font-size:1.25rem}h4{font-size:1.12rem}h5,h6{font-size:1rem}
time,.about,.note,.language,figcaption,.file,.sources{color:var(--muted);font-size:.85rem;font-weight:400}
a{color:var(--accent)}
article{margin-top:1.75rem}
.user{background:var(--card);border-radius:.75rem;padding:.75rem 1rem}
.said{white-space:pre-wrap}
pre{background:var(--card);border-radius:.5rem;padding:.75rem 1rem;overflow-x:auto;overflow-wrap:normal;
margin:.25rem 0 1rem}
pre{tab-size:4}code{font:.875em/1.5 ui-monospace,Menlo,Consolas,monospace;font-variant-ligatures:none}
:not(pre)>code{background:#8883;border-radius:.3em;padding:.1em .3em}
blockquote{margin:0 0 1rem;padding-left:1rem;border-left:3px solid var(--line);color:var(--muted)}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:0 0 1rem}
th,td{border:1px solid var(--line);padding:.35rem .7rem;text-align:left;vertical-align:top;overflow-wrap:normal}
th{background:var(--card)}.number{white-space:nowrap}
.task{list-style:none;text-indent:-1.3em}.task>*{text-indent:0}.task>p:first-of-type{display:inline}
li>p{margin:.5em 0}
.right{text-align:right}.center{text-align:center}.left{text-align:left}
.formula{text-align:center;overflow-x:auto;margin:1rem 0}svg{fill:currentColor;overflow:visible}
hr{border:0;border-top:1px solid var(--line);margin:1.5rem 0}
img{max-width:100%;height:auto;border-radius:.5rem}figure{margin:.75rem 0}
details{color:var(--muted);margin-bottom:.75rem}summary{cursor:pointer}
.footnote{font-size:.875rem;color:var(--muted)}
.c-keyword{color:var(--keyword)}.c-string{color:var(--string)}.c-number{color:var(--number)}.c-comment{color:var(--comment)}
.c-name{color:var(--name)}.c-type{color:var(--type)}.c-operator{color:var(--operator)}.c-error{color:var(--error)}
@media print{body{font-size:11pt}.user{border:1px solid var(--line)}pre{white-space:pre-wrap}}
"""
