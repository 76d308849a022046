"""The language of code that names none. Cautious: several signs must agree, or one that nothing else has."""

import re
from functools import cache

_SURE = 2
"""Points that make a guess; a sign that no other language has gives as many."""
_LEAD = 1
"""Points ahead of the next language."""
_LOOKED_AT_CHARS = 4000

# (points, pattern). Each pattern counts once; all are bound to the begin of a line and linear.
_SIGNS: dict[str, tuple[tuple[int, str], ...]] = {
    "python": (
        (2, r"#!.*\bpython"),
        (2, r"^[ \t]*(?:async )?def \w+\([^\n]*\)(?: ?-> ?[^\n]+)?:[ \t]*(?:#[^\n]*)?$"),
        (2, r"^from [\w.]+ import [\w(*]"),
        (2, r"^import (?:os|sys|re|json|math|random|time|datetime|asyncio|numpy|pandas|requests|torch)\b"),
        (2, r"^class \w+(?:\([\w., =]*\))?:[ \t]*$"),
        (1, r"^import \w[\w.]*(?: as \w+)?(?:, ?\w[\w.]*(?: as \w+)?)*[ \t]*$"),
        (1, r"^[ \t]*(?:if|elif|for|while|with|try|except|else)\b[^\n{;]*:[ \t]*$"),
        (1, r"^[ \t]*print\([^\n]*\)[ \t]*$"),
        (1, r"\bself\.\w|__name__"),
        (1, r"^@\w[\w.]*(?:\(.*\))?[ \t]*$"),
    ),
    "javascript": (
        (1, r"^[ \t]*(?:export )?(?:const|let) [\w{\[][^\n:]* = "),
        (1, r"^[ \t]*(?:export )?(?:default )?(?:async )?function\*? ?\w*\([^\n]*\) ?\{"),
        (1, r"=> ?[{(\w]"),
        (2, r"\bconsole\.(?:log|error|warn)\("),
        (2, r"\bdocument\.(?:getElement|querySelector|createElement|addEventListener)"),
        (2, r"^[ \t]*import [\w{*][^\n]* from ['\"]"),
        (2, r"\brequire\(['\"]|\bmodule\.exports\b"),
        (1, r"\bawait \w|===|!=="),
    ),
    "typescript": (
        (2, r"^[ \t]*(?:export )?interface \w+(?:<[\w, ]+>)?(?: extends [\w, ]+)? ?\{[ \t]*$"),
        (2, r"^[ \t]*(?:export )?type \w+(?:<[\w, ]+>)? = "),
        (2, r"^[ \t]*(?:export )?(?:const|let) \w+: [\w<>\[\]| ]+ = "),
        (2, r"\bfunction \w+\([^\n)]*\w\??: (?:string|number|boolean|any)\b"),
        (1, r"\w\??: (?:string|number|boolean)(?:\[\])?[;,)]"),
        (1, r"^[ \t]*import (?:type )?[\w{*][^\n]* from ['\"]"),
        (1, r"=> ?[{(\w]"),
        (1, r"\bconsole\.log\("),
    ),
    "java": (
        (2, r"^[ \t]*public static void main\(String"),
        (2, r"^import (?:static )?java[x]?\.[\w.*]+;"),
        (2, r"\bSystem\.out\.print"),
        (1, r"^[ \t]*(?:public|private|protected) (?:static |final |abstract )*(?:class|interface|enum|record) \w+"),
        (1, r"^[ \t]*(?:public|private|protected) (?:static |final )*[\w<>\[\], ]+ \w+\([^\n]*\)(?: throws \w+)? ?\{"),
        (1, r"^package [\w.]+;"),
        (1, r"^[ \t]*@(?:Override|Autowired|Test)\b"),
    ),
    "csharp": (
        (2, r"^using (?:static )?System(?:\.[\w.]+)?;"),
        (2, r"\bConsole\.(?:Write|Read)"),
        (2, r"^[ \t]*namespace [\w.]+;?[ \t]*\{?[ \t]*$"),
        (1, r"\{ get; (?:private |init|set)|=> \w+;"),
        (1, r"^[ \t]*(?:public|private|internal|protected) (?:static |sealed |async |override )*[\w<>\[\]?]+ \w+"),
        (1, r"^[ \t]*(?:var|string|int) \w+ = [^\n]+;"),
        (1, r"\basync Task\b"),
    ),
    "cpp": (
        (2, r"^#include ?<(?:iostream|vector|string|map|memory|algorithm|unordered_map|functional|thread)>"),
        (2, r"\bstd::\w"),
        (2, r"^using namespace \w+;"),
        (2, r"^template ?<(?:typename|class) "),
        (1, r"^#include ?[<\"]"),
        (1, r"^class \w+(?: ?: ?public \w+)? ?\{|^(?:public|private|protected):"),
    ),
    "c": (
        (2, r"^#include ?<(?:stdio|stdlib|string|stdint|unistd|stdbool|math|errno)\.h>"),
        (1, r"^#include ?[<\"]"),
        (1, r"^#define \w+"),
        (1, r"^(?:static |const )?(?:int|void|char|struct \w+) \*?\w+\([^\n]*\)[ \t]*\{?"),
        (1, r"\b(?:printf|malloc|free|sizeof)\("),
    ),
    "go": (
        (2, r"^package \w+[ \t]*$"),
        (2, r"^func (?:\(\w+ \*?\w+\) )?\w+\([^\n:]*\)[^\n]*\{"),
        (1, r"\w := "),
        (1, r"^import (?:\(|\"[\w./]+\")[ \t]*$"),
        (1, r"\bfmt\.\w+\(|if err != nil"),
        (1, r"^type \w+ (?:struct|interface) ?\{"),
    ),
    "rust": (
        (2, r"^[ \t]*(?:pub )?fn \w+(?:<[^\n>]*>)?\([^\n]*\)(?: -> [^\n]+)? ?\{"),
        (2, r"^[ \t]*let mut \w+"),
        (2, r"^use (?:std|crate|super|tokio|serde)::"),
        (2, r"^impl(?:<[^\n>]*>)? \w[\w<>]*(?: for \w[\w<>]*)? \{"),
        (2, r"^#\[derive\("),
        (1, r"\b(?:println|vec|format)!"),
        (1, r"&mut \w|\.unwrap\(\)"),
    ),
    "sql": (
        (
            2,
            r"(?i)^[ \t(]*select\b[^;]{1,600}?\sfrom\s+[\w.\"`\[\]]+\s*(?:[;(\n]|\Z|(?:where|join|left|order|group)\b)",
        ),
        (2, r"(?i)^[ \t]*create[ \t]+(?:or[ \t]+replace[ \t]+)?(?:temp[ \t]+)?(?:table|view|index|database)\b"),
        (2, r"(?i)^[ \t]*insert[ \t]+into[ \t]+\S+"),
        (2, r"(?i)^[ \t]*update[ \t]+\S+[ \t\n]+set\b"),
        (2, r"(?i)^[ \t]*delete[ \t]+from[ \t]+\S+"),
        (2, r"(?i)^[ \t]*alter[ \t]+table\b"),
    ),
    "bash": (
        (2, r"\A#!.*\b(?:ba|z|k|da)?sh\b"),
        (2, r"^\$ (?:sudo |cd |ls|git |pip |npm |docker |apt |curl )"),
        (
            2,
            (
                r"^[ \t]*(?:sudo )?(?:apt(?:-get)?|dnf|yum|brew|pip3?|npm|yarn|cargo|docker|kubectl|git|systemctl) "
                r"(?:install|update|run|build|clone|commit|push|pull|add|init|checkout|enable|start|restart|get|apply|exec|"
                r"compose|ps|i|-\w)\b"
            ),
        ),
        (1, r"^[ \t]*(?:if|elif|while) \[\[? [^\n]+ \]\]?; ?(?:then|do)"),
        (1, r"^[ \t]*(?:fi|done|esac)[ \t]*$"),
        (1, r"^[ \t]*(?:echo|export|cd|mkdir|chmod|source|sudo|curl|wget) \S"),
        (1, r"\$\{\w+[}:]|\"\$\w+\""),
    ),
    "bsl": (
        (2, r"(?i)^[ \t]*(?:процедура|функция)[ \t]+\w+\("),
        (2, r"(?i)^[ \t]*конец(?:процедуры|функции|если|цикла|попытки)\b"),
        (2, r"(?i)^&на(?:клиенте|сервере)"),
        (1, r"(?i)^[ \t]*если[^\n]+тогда[ \t]*$"),
    ),
    "json": (
        (2, r"\A\s*\{\s*\"[^\"\n]*\"\s*:\s*[\"\[{\d\-tfn]"),
        (2, r"\A\s*\[\s*(?:\{\s*\"[^\"\n]*\"\s*:|\"[^\"\n]*\"\s*[,\]])"),
    ),
    "yaml": (
        (2, r"\A---\n\w[\w-]*:"),
        (2, r"\A(?:apiVersion|version|services|name|on|stages): ?[^\n{;]*\n(?:[\w-]+:|[ ]+[\w-]+:|[ ]*- )"),
        (1, r"^[ ]{2,}- \w[\w-]*: "),
        (1, r"\A[\w-]+:[ \t]*\n(?:[ ]{2,}[\w-]+:[^\n{;]*\n)+"),
    ),
    "html": (
        (2, r"(?i)\A\s*<!doctype html"),
        (2, r"(?i)^[ \t]*<(?:html|head|body)\b[^\n>]*>"),
        (1, r"(?i)^[ \t]*<(?:div|span|p|a|ul|li|h[1-6]|table|form|input|button|section|nav|main|img|script|style)\b"),
        (1, r"(?i)</(?:div|span|p|a|ul|li|h[1-6]|table|form|button|section|nav|main|script|style)>"),
    ),
    "xml": ((3, r"\A\s*<\?xml "), (1, r"\A\s*<\w+ xmlns")),
    "css": (
        (2, r"^[ \t]*(?:[.#]?[a-z][\w-]*(?:[ ,>+~:.#]+[\w-]+)*) ?\{[ \t]*\n?[ \t]*(?:--)?[a-z-]+: ?[^\n;{]+;"),
        (1, r"^@(?:media|import|font-face|keyframes)\b"),
        (1, r"^[ \t]+(?:color|margin|padding|display|width|font-size|background)(?:-\w+)?: ?[^\n;]+;"),
    ),
    "kotlin": (
        (2, r"^[ \t]*(?:override |private |suspend |internal )*fun (?:<\w+> )?[\w.]+\([^\n]*\)(?:: ?[\w<>?]+)? ?[{=]"),
        (2, r"^[ \t]*data class \w+\("),
        (1, r"^[ \t]*va[lr] \w+(?:: ?[\w<>?]+)? = [^\n;]+$"),
        (1, r"\bprintln\("),
    ),
    "swift": (
        (2, r"^import (?:SwiftUI|UIKit|Foundation|Combine)[ \t]*$"),
        (2, r"^[ \t]*(?:private |public |static )*func \w+\([^\n]*\)(?: (?:async )?(?:throws )?-> [^\n]+)? \{"),
        (1, r"^[ \t]*(?:guard|if) let \w+"),
        (1, r"^[ \t]*(?:let|var) \w+(?:: [\w\[\]?]+)? = [^\n;]+$"),
        (1, r"^struct \w+: View \{|@State\b"),
    ),
    "php": ((3, r"\A\s*<\?php"), (1, r"^[ \t]*\$\w+ = [^\n]*;[ \t]*$"), (1, r"\$this->|\becho \$|\$_(?:GET|POST)\b")),
    "ruby": (
        (2, r"^[ \t]*def \w+[?!]?(?:\([^\n]*\))?[ \t]*\n(?:[^\n]*\n){0,30}?[ \t]*end[ \t]*$"),
        (1, r"^require ['\"]"),
        (1, r"\bdo \|\w+(?:, ?\w+)*\|"),
        (1, r"^[ \t]*(?:puts|attr_accessor|attr_reader) "),
        (1, r"^class [A-Z]\w*(?: < [A-Z][\w:]*)?[ \t]*$"),
    ),
    "diff": ((3, r"^diff --git "), (3, r"^--- \S[^\n]*\n\+\+\+ \S"), (3, r"^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@")),
    "docker": (
        (2, r"\A(?:#[^\n]*\n|ARG [^\n]*\n|\s)*FROM [\w./:${}@-]+(?: AS \w+)?[ \t]*$"),
        (1, r"^(?:RUN|COPY|WORKDIR|CMD|ENTRYPOINT|EXPOSE|ENV) \S"),
    ),
    "latex": (
        (2, r"^\\documentclass\b"),
        (2, r"^\\(?:begin|end)\{\w+\*?\}"),
        (2, r"^\\usepackage\b"),
        (1, r"^\\(?:section|subsection|chapter|title|item)\b"),
    ),
    "toml": ((2, r"\A\[(?:package|project|tool\.[\w.]+|dependencies)\][ \t]*\n[\w-]+ = "),),
    "powershell": (
        (2, r"^[ \t]*(?:Get|Set|New|Remove|Write|Import|Start|Stop|Invoke)-[A-Z]\w+\b"),
        (1, r"^[ \t]*\$\w+ = [^\n;]*$"),
    ),
}


def guess(code: str) -> str:
    """The language of code that names none, if its signs give it away; else an empty text."""
    beginning = code[:_LOOKED_AT_CHARS]
    points = sorted(
        ((sum(value for value, sign in signs if sign.search(beginning)), name) for name, signs in _compiled()),
        reverse=True,
    )
    (best, name), (next_best, _) = points[:2]
    return name if best >= _SURE and best - next_best >= _LEAD else ""


@cache
def _compiled() -> tuple[tuple[str, tuple[tuple[int, re.Pattern[str]], ...]], ...]:
    return tuple(
        (name, tuple((value, re.compile(pattern, re.MULTILINE)) for value, pattern in signs))
        for name, signs in _SIGNS.items()
    )
