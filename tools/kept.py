"""``./run kept [--check]``: put the programs together that people keep.

``huiyin-verify.py`` is the pure rules and ``front/transparency/offline.py`` in one file: what the server computes by
and what checks it are the same lines. ``huiyin-verify.html`` names the hashes of its own script and style, so
that a browser runs nothing else in it.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "huiyin"
ROOM = PACKAGE / "front" / "transparency"
PARTS = (*(PACKAGE / "rules" / f"{name}.py" for name in ("merkle", "chain", "notes", "ed25519", "replay")), ROOM / "offline.py")  # fmt: skip
PROGRAM, PAGE = ROOM / "kept" / "huiyin-verify.py", ROOM / "kept" / "huiyin-verify.html"
LICENSE = "# SPDX-License-Identifier: AGPL-3.0-or-later\n# Put together by tools/kept.py out of the source of Huiyin; do not change it here.\n"


def assembled() -> str:
    """The one file: imports first, then each part under its own words."""
    imports, bodies, names = set[str](), [], set[str]()
    for part in PARTS:
        source = part.read_text(encoding="utf-8")
        tree, lines = ast.parse(source), source.splitlines()
        for node in tree.body:
            for name in _names(node):
                if name in names:
                    raise SystemExit(f"{part.name}: {name} stands in two parts; call one of them otherwise.")
                names.add(name)
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                if not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("huiyin", "__future__"))):
                    imports.add(ast.unparse(node))
                lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
        start = tree.body[0].end_lineno or 1
        title = (ast.get_docstring(tree) or "").partition("\n")[0]
        body = re.sub(r"\n{3,}", "\n\n\n", "\n".join(lines[start:]).strip("\n"))
        bodies.append(f"# {'-' * 20} {part.stem}: {title}\n\n{body}\n")
    words = ast.get_docstring(ast.parse(PARTS[-1].read_text(encoding="utf-8")), clean=False)
    head = f'#!/usr/bin/env python3\n{LICENSE}"""{words}"""\n\nfrom __future__ import annotations\n\n'
    return head + "\n".join(_merged(imports)) + "\n\n\n" + "\n\n".join(bodies)


def _merged(imports: set[str]) -> list[str]:
    """One line for each module, however many parts ask for it."""
    wanted: dict[str, set[str]] = {}
    plain = {line for line in imports if line.startswith("import ")}
    for line in imports - plain:
        module, _, names = line.removeprefix("from ").partition(" import ")
        wanted.setdefault(module, set()).update(names.split(", "))
    return sorted(plain) + [
        f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(wanted.items())
    ]


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    flat = [each for target in targets for each in (target.elts if isinstance(target, ast.Tuple) else [target])]
    return [each.id for each in flat if isinstance(each, ast.Name) and each.id not in {"WIDTH", "HASH", "HEIGHT"}]


def with_hashes(page: str) -> str:
    """The page with the hashes of its script and style in its policy."""
    hashes = {}
    for tag in ("script", "style"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        hashes[tag] = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{hashes['script']}'; style-src 'sha256-{hashes['style']}'; base-uri 'none'; form-action 'none'"
    return re.sub(r'(http-equiv="Content-Security-Policy" content=")[^"]*', lambda found: found[1] + policy, page)


def main(arguments: list[str]) -> int:
    """Write both, or say whether they are as they should be."""
    page = PAGE.read_text(encoding="utf-8")
    wanted = {PROGRAM: assembled(), PAGE: with_hashes(page)}
    stale = [file for file, text in wanted.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for file in stale:
            print(f"{file.relative_to(ROOT)} is stale: ./run kept")
        return 1 if stale else 0
    for file in stale:
        file.write_text(wanted[file], encoding="utf-8")
    print(f"{len(stale)} file(s) written.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
