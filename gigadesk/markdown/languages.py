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
