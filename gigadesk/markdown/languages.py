"""Names of languages as fences give them, and the Pygments lexer each is coloured with.

A lexer is here if ordinary code of the largest size takes it under 50 ms, and if 20 KB of forty kinds of repetition
(`word word`, `((((`, `/* /* `, backslash and quote ...) took under 0.6 s each. Measured with Pygments 2.21. Those of
`_WATCHED` fail the second test on one or two kinds of repetition, but answers are full of these languages: the time
limit of the worker process is there for them. Lexers that failed and are not worth it: asm, console, fortran,
groovy, http, ini, llvm, make, ocaml, pascal, perl, protobuf, terraform, verilog, vhdl; some have a safe stand-in.
"""

_SAFE = {
    "bash": "sh shell zsh console shell-session sh-session make makefile",
    "batch": "bat cmd",
    "bsl": "1c 1с 1c-enterprise 1с:предприятие os oscript",
    "c": "h",
    "clojure": "clj",
    "cmake": "",
    "common-lisp": "lisp cl elisp emacs-lisp",
    "cobol": "",
    "cpp": "c++ cc cxx hpp arduino ino",
    "dart": "",
    "diff": "patch udiff",
    "docker": "dockerfile",
    "elixir": "ex exs",
    "erlang": "erl",
    "fsharp": "f# fs",
    "graphql": "gql",
    "haskell": "hs",
    "json": "jsonc json5 ndjson jsonl",
    "julia": "jl",
    "kotlin": "kt kts",
    "latex": "tex",
    "lua": "",
    "matlab": "",
    "mysql": "",
    "nasm": "asm assembly",
    "nginx": "",
    "objective-c": "objc objectivec",
    "octave": "",
    "php": "",
    "postgresql": "postgres pgsql plpgsql",
    "powershell": "ps1 pwsh posh",
    "properties": "ini cfg conf dotenv env",
    "python": "py python3 py3 pyi ipython",
    "pycon": "",
    "qbasic": "basic",
    "r": "",
    "ruby": "rb",
    "rust": "rs",
    "scala": "sc",
    "scheme": "scm racket",
    "scss": "",
    "sass": "",
    "solidity": "sol",
    "sql": "tsql t-sql plsql",
    "sqlite3": "",
    "swift": "",
    "toml": "",
    "vbnet": "vb vb.net vba",
    "zig": "",
}
_WATCHED = {
    "csharp": "c# cs",
    "css": "",
    "go": "golang",
    "html": "htm xhtml vue svelte",
    "java": "",
    "javascript": "js mjs cjs node",
    "jsx": "",
    "less": "",
    "tsx": "",
    "typescript": "ts",
    "xml": "svg xsd xsl rss plist",
    "yaml": "yml",
}

LEXERS: dict[str, str] = {
    name: lexer for lexer, names in (_SAFE | _WATCHED).items() for name in (lexer, *names.split())
}
"""Lexer by the name of a language, in lower case."""

_NAMES = {
    "asm": ("Assembly", "asm"),
    "bash": ("Bash", "sh"),
    "batch": ("Batch", "bat"),
    "bsl": ("1C", "bsl"),
    "c": ("C", "c"),
    "clojure": ("Clojure", "clj"),
    "cmake": ("CMake", "cmake"),
    "cobol": ("COBOL", "cob"),
    "common-lisp": ("Lisp", "lisp"),
    "console": ("Console", "txt"),
    "cpp": ("C++", "cpp"),
    "csharp": ("C#", "cs"),
    "css": ("CSS", "css"),
    "csv": ("CSV", "csv"),
    "dart": ("Dart", "dart"),
    "diff": ("Diff", "diff"),
    "docker": ("Dockerfile", ""),
    "elixir": ("Elixir", "ex"),
    "erlang": ("Erlang", "erl"),
    "fsharp": ("F#", "fs"),
    "go": ("Go", "go"),
    "graphql": ("GraphQL", "graphql"),
    "haskell": ("Haskell", "hs"),
    "html": ("HTML", "html"),
    "ini": ("INI", "ini"),
    "java": ("Java", "java"),
    "javascript": ("JavaScript", "js"),
    "json": ("JSON", "json"),
    "jsonl": ("JSON Lines", "jsonl"),
    "jsx": ("JSX", "jsx"),
    "julia": ("Julia", "jl"),
    "kotlin": ("Kotlin", "kt"),
    "latex": ("LaTeX", "tex"),
    "less": ("Less", "less"),
    "lua": ("Lua", "lua"),
    "makefile": ("Makefile", ""),
    "markdown": ("Markdown", "md"),
    "matlab": ("MATLAB", "m"),
    "mermaid": ("Mermaid", "mmd"),
    "mysql": ("MySQL", "sql"),
    "nasm": ("NASM", "asm"),
    "nginx": ("nginx", "conf"),
    "objective-c": ("Objective-C", "m"),
    "octave": ("Octave", "m"),
    "php": ("PHP", "php"),
    "plantuml": ("PlantUML", "puml"),
    "postgresql": ("PostgreSQL", "sql"),
    "powershell": ("PowerShell", "ps1"),
    "properties": ("Properties", "properties"),
    "pycon": ("Python", "txt"),
    "python": ("Python", "py"),
    "qbasic": ("BASIC", "bas"),
    "r": ("R", "r"),
    "ruby": ("Ruby", "rb"),
    "rust": ("Rust", "rs"),
    "sass": ("Sass", "sass"),
    "scala": ("Scala", "scala"),
    "scheme": ("Scheme", "scm"),
    "scss": ("SCSS", "scss"),
    "solidity": ("Solidity", "sol"),
    "sql": ("SQL", "sql"),
    "sqlite3": ("SQLite", "txt"),
    "svg": ("SVG", "svg"),
    "swift": ("Swift", "swift"),
    "toml": ("TOML", "toml"),
    "tsx": ("TSX", "tsx"),
    "typescript": ("TypeScript", "ts"),
    "vb": ("Visual Basic", "vb"),
    "vbnet": ("Visual Basic", "vb"),
    "vue": ("Vue", "vue"),
    "xml": ("XML", "xml"),
    "yaml": ("YAML", "yaml"),
    "zig": ("Zig", "zig"),
}
_NAMED_AS = {
    "assembly": "asm",
    "cfg": "ini",
    "conf": "ini",
    "make": "makefile",
    "md": "markdown",
    "puml": "plantuml",
    "shell-session": "console",
    "text": "",
    "txt": "",
    "plaintext": "",
    "plain": "",
    "vba": "vb",
}


def proper_name(language: str) -> str:
    """A language as people write it; the name itself if it is unknown, nothing for plain text."""
    known = _known(language)
    return known[0] if known else "" if language.lower() in _NAMED_AS else language


def file_ending(language: str) -> str:
    """The ending of the files of a language, without the dot; `txt` for what is unknown."""
    known = _known(language)
    return known[1] if known else "txt"


def _known(language: str) -> tuple[str, str] | None:
    name = language.lower()
    name = _NAMED_AS.get(name, name)
    return _NAMES.get(name) or _NAMES.get(LEXERS.get(name, ""))
