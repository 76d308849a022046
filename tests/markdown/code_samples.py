"""Short code as answers hold it, by language; and what is no code."""

SAMPLES = {
    "python": [
        "def add(a, b):\n    return a + b\n\nprint(add(1, 2))",
        "import numpy as np\nimport pandas as pd\n\ndf = pd.read_csv('a.csv')\nprint(df.head())",
        "from fastapi import FastAPI\n\napp = FastAPI()\n\n@app.get('/')\nasync def root():\n    return {'a': 1}",
        "for i in range(10):\n    print(i)",
    ],
    "javascript": [
        "const a = [1, 2, 3].map(x => x * 2);\nconsole.log(a);",
        "function greet(name) {\n  return `Hello, ${name}`;\n}\nconsole.log(greet('A'));",
        "import React from 'react';\n\nexport default function App() {\n  return null;\n}",
        "document.querySelector('#a').addEventListener('click', () => {\n  alert(1);\n});",
    ],
    "typescript": [
        "interface User {\n  name: string;\n  age: number;\n}\nconst u: User = { name: 'a', age: 1 };",
        "export type Id = string | number;\nfunction f(a: string, b?: number): Id { return a; }",
    ],
    "java": [
        'class Main {\n    public static void main(String[] args) {\n        System.out.println("Hi");\n    }\n}',
        "import java.util.List;\n\npublic interface Repo {\n    List<String> all();\n}",
    ],
    "csharp": [
        'using System;\n\nclass Program {\n    static void Main() {\n        Console.WriteLine("Hi");\n    }\n}',
        "namespace App;\n\npublic class User {\n    public string Name { get; set; }\n}",
    ],
    "cpp": [
        "#include <iostream>\n\nint main() {\n    std::cout << 1 << std::endl;\n    return 0;\n}",
        "#include <vector>\nusing namespace std;\n\nint main() { vector<int> v; }",
    ],
    "c": [
        '#include <stdio.h>\n\nint main(void) {\n    printf("Hi\\n");\n    return 0;\n}',
    ],
    "go": [
        'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hi")\n}',
        "func add(a int, b int) int {\n\tc := a + b\n\treturn c\n}",
    ],
    "rust": [
        'fn main() {\n    let mut x = 5;\n    println!("{}", x);\n}',
        "#[derive(Debug)]\nstruct A;\n\nimpl A {\n    fn new() -> Self { A }\n}",
    ],
    "sql": [
        "SELECT name, count(*)\nFROM users\nWHERE age > 18\nGROUP BY name;",
        "CREATE TABLE users (\n  id INT PRIMARY KEY\n);",
        "insert into a values (1, 2);",
    ],
    "bash": [
        '#!/bin/bash\nset -e\necho "a"',
        "sudo apt update\nsudo apt install -y nginx",
        "pip install requests",
        "git clone https://example.org/a.git\ncd a",
        'for f in *.txt; do\n  echo "$f"\ndone',
    ],
    "bsl": [
        "Процедура Вывести(Знач Имя) Экспорт\n    Если Имя = 1 Тогда\n        Возврат;\n    КонецЕсли;\nКонецПроцедуры",
        "&НаСервере\nФункция Сумма(А, Б)\n    Возврат А + Б;\nКонецФункции",
    ],
    "json": ['{"a": 1, "b": [1, 2]}', '[\n  {"name": "x"},\n  {"name": "y"}\n]', '{\n  "name": "x",\n  "v": true\n}'],
    "yaml": [
        "version: '3'\nservices:\n  web:\n    image: nginx",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a",
        "name: CI\non: push\njobs:\n  build:\n    steps:\n      - uses: actions/checkout@v4",
    ],
    "html": [
        "<!DOCTYPE html>\n<html>\n<body>\n<p>Hi</p>\n</body>\n</html>",
        '<div class="a">\n  <p>Hi</p>\n</div>',
    ],
    "css": [
        ".a {\n  color: red;\n  margin: 0 auto;\n}\n\n.b:hover {\n  color: blue;\n}",
        "body {\n  display: flex;\n}",
    ],
    "kotlin": ['fun main() {\n    val a = 1\n    println("$a")\n}', "data class User(val name: String, val age: Int)"],
    "swift": [
        'import SwiftUI\n\nstruct A: View {\n    var body: some View { Text("a") }\n}',
        "func add(_ a: Int, b: Int) -> Int {\n    return a + b\n}",
    ],
    "php": ["<?php\n$a = 1;\necho $a;", "<?php\nclass A {\n    public function b() { return $this->c; }\n}"],
    "ruby": [
        "def greet(name)\n  puts \"Hi #{name}\"\nend\n\ngreet('a')",
        "class User < ActiveRecord::Base\n  attr_accessor :name\nend",
    ],
    "diff": ["--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,2 @@\n-a\n+b", "diff --git a/x b/x\nindex 1..2\n"],
    "docker": ['FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python"]'],
    "latex": [
        "\\documentclass{article}\n\\begin{document}\nHi\n\\end{document}",
        "\\begin{equation}\nE = mc^2\n\\end{equation}",
    ],
    "toml": ['[project]\nname = "a"\nversion = "1"'],
    "powershell": ["Get-ChildItem -Path C:\\ | Where-Object { $_.Length -gt 1MB }"],
}

PLAIN = [
    "total 12",
    "Hello, world!\nThis is a letter.",
    "Привет!\nЭто обычный текст, если кто не понял.",
    "src/\n├── main.py\n└── utils.py",
    "+---+---+\n| a | b |\n+---+---+",
    "2024-01-01 12:00:00 INFO Started\n2024-01-01 12:00:01 ERROR Failed: x",
    'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nZeroDivisionError: division by zero',
    "a = b + c",
    "x -> y -> z",
    "1, 2, 3\n4, 5, 6",
    "From: a@example.org\nTo: b@example.org\nSubject: Select the best from the rest",
    "select one from the list, please",
    "Dear all,\n\nimport the file, then update it.\nFor details: see below:",
    "Roses are red,\nViolets are blue;\nlet me = you",
    "    indented text\n    and more of it",
    "key: value\nother: thing",
    "E = mc^2",
    "0x00 0x01\n0x02 0x03",
    "Q: What is it?\nA: A thing.",
    "",
    "{x | x > 0}",
    "[1] Smith, 2020\n[2] Jones, 2021",
    "Каждый день:\n- встать\n- поесть",
    "if you want:\n  go home",
]

PARTED = {
    "python": "x = 1\ndef f():\n    \"\"\"doc\n    if this is not code\n\n\"\"\"\n    return '''a\nb\nfor\n'''",
    "javascript": "/* a\n if b\n for c */\nlet a = `x\n if ${b}\n y`;\nfunction f() { return 1; }",
    "c": '#include <a.h>\n/* a\n * if b\n */\nint main(void) {\n  uint8_t x = 1;\n  return "a";\n}',
    "go": "package a\nvar s = `x\nfunc if\n`\nfunc main() {\n}",
    "bash": 'cat <<EOF\nif then\nfoo\nEOF\nif true; then\necho "a\nb"\nfi',
    "html": '<!-- a\n<b>\n-->\n<p class="x">a</p>\n<div\n id="a">',
    "yaml": 'a: |\n  text if\n  b: c\nd: [1,\n 2]\ne: "f"',
    "rust": '/* a\nfn\n*/\nfn main() {\n  let s = "a\nfn b";\n}',
    "css": "/* a\nb {\n*/\na {\n color: red;\n}",
    "sql": "/* a\nselect */\nselect a\nfrom b where c = 'x';",
    "bsl": 'Процедура А()\n  Б = "раз\n  |если два";\nКонецПроцедуры',
    "lua": "--[[ a\nif b\n]]\nlocal a = [[x\nend\n]]\nif a then end",
    "ruby": 'x = 1\n=begin\n if a\n b\n=end\ndef a\n "x"\nend',
    "java": '/* a\n if */\nclass A {\n String s = """\n  if a\n """;\n}',
    "kotlin": 'val s = """\n if\n """\n/* a\n if */\nfun a() {}',
    "swift": '/* a\n if */\nlet s = """\n if\n """',
    "php": "<?php\n$x = <<<EOT\nif a\nb\nEOT;\n/* if\n */\nfunction a() {}",
    "csharp": '/* a\n if */\nclass A { string s = "a"; }',
    "typescript": "/* a\n if */\ninterface A {\n a: string;\n}",
}
"""Texts and comments over several lines, which end in another piece than they begin in."""
